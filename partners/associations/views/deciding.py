"""What an association stops, and no longer stops."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from catalog.catalogue.models import Product
from catalog.partner.models import Partner
from catalog.scheduling.models import Provider
from catalog.standing import selectors, services
from marketplace.core.errors import Refusal

from ..access import association_view
from ..forms import ReasonsForm

PAGE_SIZE = 20


@require_GET
@never_cache
@association_view
def home(request: HttpRequest, body: Partner) -> HttpResponse:
    """What the association has decided, and appeals that wait for it."""
    rows = selectors.decisions().filter(body=body)
    context = {
        "body": body,
        "page": "home",
        "appeals": rows.filter(appeal_state="open", lifted_at=None),
        "rows": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "associations/home.html", context)


@require_GET
@never_cache
@association_view
def find(request: HttpRequest, body: Partner) -> HttpResponse:
    """Look for an organisation, a provider or a product by name."""
    words = request.GET.get("q", "")[:60]
    context = {"body": body, "page": "find", "q": words, "found": selectors.things_to_decide_about(words)}
    return render(request, "associations/find.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@association_view
def decide(request: HttpRequest, body: Partner, kind: str, ref: str) -> HttpResponse:
    """Stop something, with reasons."""
    target = _target(kind, ref)
    form = ReasonsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = services.withhold(target=target, body=body, decided_by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已经停止。约好的家庭会收到通知，可以换一位或全额退款。"))
            return redirect("standing:decision", row.public_id)
    context = {
        "body": body,
        "page": "find",
        "form": form,
        "title": _("停止「%(name)s」") % {"name": target},
        "text": _("从提交的那一刻起，谁都不能再预约和购买。当事人会看到理由，可以申诉一次。"),
        "button": _("停止"),
    }
    return render(request, "associations/form.html", context, status=422 if form.errors else 200)


def _target(kind: str, ref: str) -> Product | Provider | Partner:
    """Return what an address names; 404 for what is nothing."""
    try:
        if kind == "product":
            return get_object_or_404(Product, pk=int(ref) if ref.isdecimal() and len(ref) < 18 else 0)
        if kind == "provider":
            return get_object_or_404(Provider, public_id=UUID(ref))
        if kind == "partner":
            return get_object_or_404(Partner, public_id=UUID(ref))
    except ValueError:
        pass
    raise Http404


@require_http_methods(["GET", "POST"])
@never_cache
@association_view
def lift(request: HttpRequest, body: Partner, public_id: UUID) -> HttpResponse:
    """Take one of the association's own decisions back."""
    row = get_object_or_404(selectors.decisions(), public_id=public_id, body=body)
    form = ReasonsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.lift(withholding=row, lifted_by=request.user, because=form.cleaned_data["reasons"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已经撤销。"))
            return redirect("standing:decision", row.public_id)
    context = {
        "body": body,
        "page": "home",
        "form": form,
        "title": _("撤销对「%(name)s」的决定") % {"name": row.target},
        "text": _("撤销以后，没有别的原因的话，马上又可以预约。"),
        "button": _("撤销"),
    }
    return render(request, "associations/form.html", context, status=422 if form.errors else 200)
