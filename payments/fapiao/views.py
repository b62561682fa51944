"""A family's pages on fapiao: ask, see how it stands, change before it is issued."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.errors import Refusal
from payments.fapiao import rules, selectors, services
from payments.fapiao.enums import FapiaoState
from payments.fapiao.forms import TitleForm
from payments.fapiao.models import FapiaoRequest
from payments.models import PaymentIntent


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def request_fapiao(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The fapiao of one payment: the form, or how the one asked for stands; `?change` opens the form again."""
    intent = _own_intent(request, public_id)
    every = list(selectors.fapiao_of(intent.pk))
    prefetch_keys(every)
    live = selectors.live_fapiao_of(intent.pk)
    changes = live is not None and live.state == FapiaoState.REQUESTED and "change" in request.GET
    form = TitleForm(request.POST or None, initial=_as_written(live) if changes else None)
    if request.method == "POST" and form.is_valid():
        return _save(request, intent, live if changes else None, form)
    page = {
        "intent": intent,
        "fapiao": None if changes else live,
        "changes": changes,
        "earlier": [each for each in every if live is None or each.pk != live.pk],
        "form": form,
        "amount_fen": rules.invoiced_fen(intent.settled_by),
    }
    return render(request, "fapiao/request.html", page)


def _save(request: HttpRequest, intent: PaymentIntent, changed: FapiaoRequest | None, form: TitleForm) -> HttpResponse:
    try:
        if changed is None:
            services.ask_fapiao(intent=intent, asked_by=request.user, title=form.title)
            messages.success(request, _("已申请。开好后会发到你的邮箱，也会在这里告诉你。"))
        else:
            services.change_fapiao(fapiao=changed, changed_by=request.user, title=form.title)
            messages.success(request, _("已改好。"))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("fapiao:request", intent.public_id)


def _own_intent(request: HttpRequest, public_id: UUID) -> PaymentIntent:
    intent = get_object_or_404(PaymentIntent.objects.select_related("settled_by"), public_id=public_id)
    if not rules.may_ask(request.user, intent):
        raise Http404
    return intent


def _as_written(fapiao: FapiaoRequest | None) -> dict[str, str]:
    if fapiao is None:
        return {}
    return {
        "title_kind": fapiao.title_kind,
        "buyer_name": fapiao.buyer_name,
        "tax_number": fapiao.tax_number,
        "email": fapiao.email,
    }
