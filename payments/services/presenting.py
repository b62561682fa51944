"""What a gateway is told of our rows: numbers, amounts and neutral words."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from payments.enums import Method
from payments.gateways.base import AttemptView, RefundView
from payments.models import PaymentAttempt, Refund
from payments.payables import payable_for


def attempt_for_gateway(attempt: PaymentAttempt) -> AttemptView:
    """The attempt as its gateway may know it."""
    intent = attempt.intent
    # Always in one language: the same trade with other words is another trade to a company.
    with translation.override(settings.LANGUAGE_CODE):
        description = payable_for(intent.payable_kind).describe(intent.payable_id)
    base = settings.PUBLIC_BASE_URL
    return AttemptView(
        out_trade_no=attempt.out_trade_no,
        amount_fen=attempt.amount_fen,
        subject=description.subject,
        method=Method(attempt.method),
        payable_until=attempt.payable_until,
        return_url=base + reverse("payments:return", args=[intent.public_id]),
        notify_url=base + reverse("payments:notify", args=[attempt.gateway]),
    )


def refund_for_gateway(refund: Refund) -> RefundView:
    """The refund as its gateway may know it; the reason is a neutral label."""
    return RefundView(
        out_trade_no=refund.attempt.out_trade_no,
        out_refund_no=refund.out_refund_no,
        amount_fen=refund.amount_fen,
        captured_fen=refund.attempt.captured_fen,
        reason="退款",
    )
