"""Trying to pay."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from payments import locks, selectors
from payments.enums import AttemptState, Client, Method, SettleResult
from payments.errors import (
    AlreadyPaid,
    GatewayBusy,
    GatewayDeclined,
    IntentClosed,
    MethodNotOffered,
    PaymentUnderReview,
    PriorAttemptUnclear,
)
from payments.gateways.base import GatewayRefused, GatewayUnclear, NextAction, Qr, Redirect
from payments.gateways.registry import GatewayNotEnabled, gateway_for
from payments.minors import refuse_beyond_caps
from payments.models import PaymentAttempt, PaymentIntent
from payments.numbers import new_trade_number
from payments.schedule import next_check_after
from payments.services.asking import ask
from payments.services.presenting import Payer, attempt_for_gateway
from payments.services.settling import close_attempt, settle_payment
from payments.states import move_attempt


@dataclass(frozen=True)
class StartedAttempt:
    """An attempt, and where to send the payer."""

    attempt: PaymentAttempt
    action: NextAction


def start_attempt(
    *,
    intent: PaymentIntent,
    gateway_code: str,
    method: Method,
    client: Client,
    payer: Payer | None = None,
    before_prior: Callable[[PaymentAttempt], None] | None = None,
) -> StartedAttempt:
    """Open (or open again) the one attempt of an intent, after ending any other at its gateway.

    Asking again with the same method leads to the same trade, so a double click cannot pay twice. `before_prior` looks
    at an attempt that is open already, and may refuse to have it taken up or closed by raising a refusal of its own.
    Raises AlreadyPaid, IntentClosed, MethodNotOffered, PaymentUnderReview, PriorAttemptUnclear,
    SelfPayTooMuch (a young person's own money), GatewayBusy or GatewayDeclined. Talks to a gateway:
    call it outside transactions.
    """
    payer = payer or Payer(user_id=intent.buyer_id)
    try:
        gateway = gateway_for(gateway_code)
    except GatewayNotEnabled:
        raise MethodNotOffered from None
    if method not in gateway.caps.methods:
        raise MethodNotOffered
    attempt = _usable_prior(intent, gateway_code, method, payer, before_prior)
    if attempt is not None:
        try:
            return _open_at_gateway(attempt, payer)
        except GatewayDeclined:
            # A company may open the same trade for the same phone only: end it, and begin another.
            _end_prior(attempt)
    return _open_at_gateway(_insert_attempt(intent.pk, gateway_code, method, client, payer), payer)


def _usable_prior(
    intent: PaymentIntent,
    gateway_code: str,
    method: Method,
    payer: Payer,
    look: Callable[[PaymentAttempt], None] | None = None,
) -> PaymentAttempt | None:
    """The open attempt when it is the same payer's, by the same method; any other is closed at its gateway first."""
    prior = selectors.open_attempt_of(intent.pk)
    if prior is None:
        return None
    if look is not None:
        look(prior)
    same = _is_of(prior, gateway_code, method, payer)
    if same and prior.state == AttemptState.CREATED:
        return prior
    if not same:
        _end_prior(prior)
        return None
    result = settle_payment(out_trade_no=prior.out_trade_no)
    if result in (SettleResult.PAID, SettleResult.ALREADY_PAID):
        raise AlreadyPaid
    if result == SettleResult.CLOSED:
        return None
    # The same trade cannot be paid twice, so an unclear answer is no reason to refuse it.
    if result in (SettleResult.WAITING, SettleResult.UNKNOWN):
        return prior
    raise PriorAttemptUnclear


def _end_prior(prior: PaymentAttempt) -> None:
    """Make an attempt unpayable before another begins. Raises AlreadyPaid, PriorAttemptUnclear."""
    result = close_attempt(attempt_id=prior.pk)
    if result in (SettleResult.PAID, SettleResult.ALREADY_PAID):
        raise AlreadyPaid
    if result != SettleResult.CLOSED:
        raise PriorAttemptUnclear


def _is_of(attempt: PaymentAttempt, gateway_code: str, method: Method, payer: Payer) -> bool:
    return (attempt.gateway, attempt.method, attempt.payer_id) == (gateway_code, method, payer.user_id)


@transaction.atomic(durable=True)
def _insert_attempt(intent_id: int, gateway_code: str, method: Method, client: Client, payer: Payer) -> PaymentAttempt:
    """Commit the attempt before its gateway hears of it, so that no trade is ever without a row."""
    young = locks.locked_young_payer(payer.user_id)
    intent = locks.locked_intent(intent_id)
    now = timezone.now()
    if intent.was_paid:
        raise AlreadyPaid
    if not intent.is_open or intent.expires_at <= now:
        raise IntentClosed
    if intent.attempts.filter(state=AttemptState.SUSPENSE).exists():
        raise PaymentUnderReview
    quicker = selectors.open_attempt_of(intent_id)
    if quicker is not None:
        if _is_of(quicker, gateway_code, method, payer):
            return quicker
        raise PriorAttemptUnclear
    if young:
        refuse_beyond_caps(young, intent)
    return PaymentAttempt.objects.create(
        intent=intent,
        gateway=gateway_code,
        method=method,
        client=client,
        payer_id=payer.user_id,
        out_trade_no=new_trade_number(),
        amount_fen=intent.amount_fen,
        payable_until=intent.expires_at,
        next_check_at=next_check_after(0, now),
    )


def _open_at_gateway(attempt: PaymentAttempt, payer: Payer) -> StartedAttempt:
    try:
        action = ask(gateway_for(attempt.gateway).create, attempt_for_gateway(attempt, payer))
    except GatewayUnclear:
        move_attempt(attempt.pk, AttemptState.UNKNOWN)
        raise GatewayBusy from None
    except GatewayRefused:
        move_attempt(attempt.pk, AttemptState.FAILED, next_check_at=None)
        raise GatewayDeclined from None
    move_attempt(attempt.pk, AttemptState.PENDING)
    if isinstance(action, Qr):
        PaymentAttempt.objects.filter(pk=attempt.pk).update(qr_text=action.text)
    elif isinstance(action, Redirect) and action.handle:
        PaymentAttempt.objects.filter(pk=attempt.pk).update(handle=action.handle)
    attempt.refresh_from_db()
    return StartedAttempt(attempt, action)
