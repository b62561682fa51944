"""What a gateway is told of our rows: numbers, amounts and neutral words."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from payments.enums import Method
from payments.gateways.base import AttemptView, RefundView, TradeRef
from payments.models import PaymentAttempt, Refund
from payments.payables import payable_for


@dataclass(frozen=True)
class Payer:
    """Who is about to pay, as far as companies ask: their address for WeChat's H5, their openid for its JSAPI.

    `user_id` is None for somebody without an account. `return_path`: where to go after paying, by default the
    buyer's page.
    """

    user_id: int | None = None
    ip: str = ""
    openid: str = ""
    return_path: str = ""


def trade_ref(attempt: PaymentAttempt) -> TradeRef:
    """How a gateway finds an attempt's trade."""
    return TradeRef(attempt.out_trade_no, attempt.handle, attempt.created_at)


def attempt_for_gateway(attempt: PaymentAttempt, payer: Payer | None = None) -> AttemptView:
    """The attempt as its gateway may know it."""
    payer = payer or Payer()
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
        return_url=base + (payer.return_path or reverse("payments:return", args=[intent.public_id])),
        notify_url=base + reverse("payments:notify", args=[attempt.gateway]),
        payer_ip=payer.ip,
        openid=payer.openid,
        splits=description.splits,
    )


def refund_for_gateway(refund: Refund) -> RefundView:
    """The refund as its gateway may know it; the reason is a neutral label."""
    return RefundView(
        out_trade_no=refund.attempt.out_trade_no,
        out_refund_no=refund.out_refund_no,
        amount_fen=refund.amount_fen,
        captured_fen=refund.attempt.captured_fen,
        reason="退款",
        handle=refund.attempt.handle,
        provider_ref=refund.attempt.provider_ref or "",
        notify_url=settings.PUBLIC_BASE_URL + reverse("payments:notify", args=[refund.attempt.gateway]),
    )
