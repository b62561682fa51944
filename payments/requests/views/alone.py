"""What young people paid alone, and a guardian's word on it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from marketplace.core.errors import Refusal
from payments.models import PaymentIntent
from payments.requests import selectors, services
from payments.requests.enums import Decision, Outcome

PAGE_SIZE = 20


@login_required
@never_cache
@require_GET
def paid_alone(request: HttpRequest) -> HttpResponse:
    """Sums and days, nothing of what was bought; written down as a look at the child's bills."""
    intents = selectors.paid_alone_for(request.user)
    page = Paginator(intents, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = selectors.with_decisions(page)
    services.note_paid_alone_seen(rows=rows, viewer=request.user)
    return render(request, "asks/alone.html", {"page": page, "rows": rows})


@login_required
@require_POST
def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ratify, or not."""
    intent = selectors.paid_alone_for(request.user).filter(public_id=public_id).first()
    if intent is None or request.POST.get("decision") not in Decision.values:
        raise Http404
    _decide(request, intent, Decision(request.POST["decision"]))
    return redirect("payment_requests:alone")


def _decide(request: HttpRequest, intent: PaymentIntent, decision: Decision) -> None:
    try:
        row = services.decide_on_payment(intent=intent, guardian=request.user, decision=decision)
    except Refusal as refusal:
        messages.info(request, str(refusal))
        return
    sentences = {
        Outcome.STANDS: _("已追认，谢谢。孩子会收到一句话。"),
        Outcome.REFUNDED: _("已记下。这一笔会全额原路退回，预约和物品都已取消。"),
        Outcome.WITH_STAFF: _("已记下。其中有的已经用过了，工作人员会在 3 个工作日内联系你们处理。"),
    }
    messages.success(request, sentences[Outcome(row.outcome)])
