"""How an offer is explained, and what is missing before it can be sold."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.catalogue.models import Product
from catalog.standing.models import Explainer
from catalog.standing.services import explain_product, hindrances, refuse_words
from marketplace.accounts.models import User
from marketplace.core.errors import Refusal

from ..access import manager_view
from ..explaining_form import ExplainForm
from ..rules import Portal
from ..selectors import products_of


@require_http_methods(["GET", "POST"])
@manager_view
def explain(request: HttpRequest, portal: Portal, pk: int) -> HttpResponse:
    """Explain one product; above stands what is still missing."""
    product = get_object_or_404(products_of(portal), pk=pk)
    explainer = Explainer.objects.filter(product=product).first()
    initial = {
        "steps": "\n".join(f"{step.get('title', '')}：{step.get('text', '')}" for step in product.how_it_works or []),
        "illustration": product.illustration,
        "transcript": explainer.transcript if explainer else "",
    }
    form = ExplainForm(request.POST or None, request.FILES or None, initial=initial, has_film=explainer is not None)
    if request.method == "POST" and form.is_valid():
        try:
            _save(product, portal, form, request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已保存。"))
            return redirect("clinics:explain", product.pk)
    context = {
        "portal": portal,
        "page": "services",
        "product": product,
        "form": form,
        "missing": hindrances(product=product, partner=portal.partner),
    }
    return render(request, "clinics/explain.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _save(product: Product, portal: Portal, form: ExplainForm, person: User) -> None:
    values = form.cleaned_data
    steps = "\n".join(f"{step['title']}。{step['text']}" for step in values["steps"])
    refuse_words(partner=portal.partner, texts={_("怎么进行"): steps, _("视频的文字版"): values["transcript"]})
    product.how_it_works = values["steps"]
    product.illustration = values["illustration"] or product.illustration
    product.save(update_fields=["how_it_works", "illustration", "date_updated"])
    if values["video"]:
        explain_product(
            product=product,
            partner=portal.partner,
            video=values["video"],
            captions=values["captions"],
            transcript=values["transcript"],
            explained_by=person,
        )
