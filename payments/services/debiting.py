"""Taking money by an agreement, and copying what a company took by its own calendar."""

from dataclasses import dataclass
from typing import cast

from django.db import transaction
from django.utils import timezone

from payments import locks, selectors
from payments.enums import AttemptState, Client, Method, SettleResult
from payments.errors import AlreadyPaid, IntentClosed, PaymentUnderReview, PriorAttemptUnclear
from payments.gateways.base import GatewayRefused, GatewayUnclear
from payments.gateways.recurring import AgreementRef, ChargingGateway
from payments.gateways.registry import gateway_for
from payments.models import PaymentAttempt, PaymentIntent
from payments.numbers import new_trade_number
from payments.schedule import next_check_after
from payments.services.asking import ask
from payments.services.attempts import _insert_attempt, _usable_prior
from payments.services.presenting import Payer, attempt_for_gateway
from payments.services.settling import book_told, settle_payment
from payments.states import move_attempt


@dataclass(frozen=True)
class Debit:
    """What asking for a debit came to; `refusal` is the company's code when it said no."""

    result: SettleResult
    refusal: str = ""


def debit_agreement(*, intent: PaymentIntent, gateway_code: str, agreement: AgreementRef) -> Debit:
    """Take an intent's money by an agreement. Where the company wants to be told before, it was.

    PAID, ALREADY_PAID and REFUNDING say that the money is there; WAITING and UNKNOWN that it may come: call again, the
    same trade is asked for. CLOSED: no money by this try. Raises GatewayNotEnabled. Talks to a gateway: call it outside
    transactions.
    """
    gateway = cast(ChargingGateway, gateway_for(gateway_code))
    payer = Payer(user_id=intent.buyer_id)
    try:
        attempt = _usable_prior(intent, gateway_code, Method.AGREEMENT, payer)
        if attempt is None:
            attempt = _insert_attempt(intent.pk, gateway_code, Method.AGREEMENT, Client.PHONE, payer)
    except AlreadyPaid:
        return Debit(SettleResult.ALREADY_PAID)
    except IntentClosed:
        return Debit(SettleResult.CLOSED, "intent_closed")
    except PaymentUnderReview:
        return Debit(SettleResult.REVIEW)
    except PriorAttemptUnclear:
        return Debit(SettleResult.UNKNOWN)
    return _take(gateway, attempt, agreement)


def _take(gateway: ChargingGateway, attempt: PaymentAttempt, agreement: AgreementRef) -> Debit:
    view = attempt_for_gateway(attempt)
    asked_at = timezone.now()
    try:
        truth = ask(gateway.charge_agreement, agreement, view)
    except GatewayUnclear:
        move_attempt(attempt.pk, AttemptState.UNKNOWN, last_checked_at=asked_at)
        return Debit(SettleResult.UNKNOWN)
    except GatewayRefused as refusal:
        move_attempt(attempt.pk, AttemptState.FAILED, next_check_at=None)
        # A "no" to a repeated debit may only mean that the first one went through.
        result = settle_payment(out_trade_no=attempt.out_trade_no)
        return Debit(SettleResult.CLOSED if result == SettleResult.WAITING else result, refusal.code[:64])
    return Debit(book_told(attempt=attempt, truth=truth, asked_at=asked_at))


@transaction.atomic(durable=True)
def adopt_attempt(*, intent: PaymentIntent, gateway_code: str, handle: str) -> PaymentAttempt:
    """Note a trade that a company began by itself under its own name `handle`; once. Settle it like any other."""
    intent = locks.locked_intent(intent.pk)
    known = intent.attempts.filter(gateway=gateway_code, handle=handle).first()
    if known is not None:
        return known
    if selectors.open_attempt_of(intent.pk):
        raise PriorAttemptUnclear
    now = timezone.now()
    return PaymentAttempt.objects.create(
        intent=intent,
        gateway=gateway_code,
        method=Method.AGREEMENT,
        client=Client.PHONE,
        payer_id=intent.buyer_id,
        out_trade_no=new_trade_number(),
        handle=handle,
        amount_fen=intent.amount_fen,
        state=AttemptState.PENDING,
        payable_until=intent.expires_at,
        next_check_at=next_check_after(0, now),
    )
