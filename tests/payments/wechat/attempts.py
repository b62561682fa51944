"""Attempts, refunds and agreements as our services describe them to a gateway."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

from django.utils import timezone

from payments.enums import Method
from payments.gateways.base import AttemptView, Gateway, RefundView, TradeRef
from payments.gateways.recurring import AgreementRef, AgreementView
from tests.payments.wechat.simulated import WechatSimulator

NOWHERE = "http://127.0.0.1:9/pay/notify/wechat/"
BACK = "http://127.0.0.1:9/pay/return/?a=b"
_numbers = count(1)


def an_attempt(method: Method = Method.QR, **changes: object) -> AttemptView:
    """An attempt of ¥360 payable for half an hour, by somebody whose address is known."""
    attempt = AttemptView(
        out_trade_no=f"T{next(_numbers):08d}",
        amount_fen=36000,
        subject="健康服务 1 项",
        method=method,
        payable_until=timezone.now() + timedelta(minutes=30),
        return_url=BACK,
        notify_url=NOWHERE,
        payer_ip="203.0.113.7",
    )
    return replace(attempt, **changes)


def ref(attempt: AttemptView) -> TradeRef:
    """How to find it again."""
    return TradeRef(attempt.out_trade_no)


def a_paid(wechat: Gateway, simulator: WechatSimulator, **changes: object) -> AttemptView:
    """An attempt whose money has arrived."""
    attempt = an_attempt(**changes)
    simulator.buy(wechat.create(attempt).text)
    return attempt


def a_refund(attempt: AttemptView, fen: int, number: str = "R1") -> RefundView:
    """A refund of an attempt."""
    return RefundView(attempt.out_trade_no, number, fen, attempt.amount_fen, "退款", notify_url=NOWHERE)


def an_agreement(**changes: object) -> AgreementView:
    """A plan of ¥98 a month after a week."""
    agreement = AgreementView(
        out_agreement_no=f"A{next(_numbers):08d}",
        subject="家庭方案（月付）",
        amount_fen=9800,
        period_months=1,
        first_charge_on=timezone.localdate() + timedelta(days=7),
        trial_days=7,
        renews=True,
        payer_ref="u4f2a",
        return_url=BACK,
        notify_url=NOWHERE,
    )
    return replace(agreement, **changes)


def agreement_ref(agreement: AgreementView, provider_ref: str = "") -> AgreementRef:
    """How to find it again."""
    return AgreementRef(agreement.out_agreement_no, provider_ref)
