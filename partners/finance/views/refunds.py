"""Refunds that would not go back by themselves: tried again under the same number, or given back by hand."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.errors import Refusal
from partners.finance.forms_books import WhyForm
from partners.finance.selectors.sides import neutral_words
from partners.finance.views.differences import decisions_for
from payments.books import selectors, services
from payments.books.enums import DecisionAbout
from payments.enums import RefundState
from payments.models import Refund
from payments.services.by_hand import retry_refund

PAGE_SIZE = 20


@require_GET
@duty_required(Duty.FINANCE)
def refunds(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first: a family waits for each of them."""
    page = Paginator(selectors.refunds_for_people(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "finance/refunds.html", {"page": "refunds", "page_obj": page})


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(Duty.FINANCE)
def refund(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One refund with the neutral facts of what was paid; say that it was given back by hand."""
    found = get_object_or_404(Refund.objects.select_related("attempt__intent"), public_id=public_id)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.propose_for_refund(
                public_id=public_id, note=form.cleaned_data["note"], proposed_by_id=request.user.pk
            )
            messages.success(request, _("已记下。需要另一位同事核对转账后确认。"))
            return redirect("finance:refund", public_id)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    decisions = list(selectors.decisions_about(DecisionAbout.REFUND, found.out_refund_no))
    prefetch_keys(decisions)
    context = {
        "page": "refunds",
        "refund": found,
        "description": neutral_words(found.attempt),
        "incidents": found.attempt.incidents.order_by("-pk")[:5],
        "waits": found.state == RefundState.NEEDS_MANUAL,
        "form": form,
    }
    context |= decisions_for(decisions)
    return render(request, "finance/refund.html", context, status=422 if form.errors else 200)


@require_POST
@duty_required(Duty.FINANCE)
def again(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Try it again under the number it has: what the company did already, it does not do twice."""
    found = get_object_or_404(Refund, public_id=public_id)
    state = retry_refund(refund_id=found.pk)
    if state == RefundState.SUCCEEDED:
        messages.success(request, _("已退回。"))
    elif state == RefundState.SENT:
        messages.info(request, _("支付机构在处理，结果出来会自动更新。"))
    else:
        messages.warning(request, _("支付机构还是拒绝。可以用银行转账退回，再请另一位同事确认。"))
    return redirect("finance:refund", public_id)
