"""The one way to paid. Notifications, return pages, polling and reconciliation all come here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from payments import locks, selectors
from payments.enums import (
    OPEN_ATTEMPT_STATES,
    AttemptState,
    IncidentKind,
    IntentState,
    RefundReason,
    SettleResult,
)
from payments.gateways.base import GatewayRefused, GatewayUnclear, TradeStatus, Truth
from payments.gateways.registry import gateway_for
from payments.models import PaymentAttempt, PaymentIntent
from payments.payables import payable_for
from payments.schedule import CLOCK_SKEW
from payments.services.asking import ask
from payments.services.booking import book_capture, book_suspense
from payments.services.incidents import raise_incident
from payments.services.presenting import trade_ref
from payments.services.refunding import claim_full_refund
from payments.signals import intent_paid
from payments.states import move_attempt, move_intent


@dataclass(frozen=True)
class _Heard:
    """A truth, when it was asked for, and whether asking also made the trade unpayable."""

    truth: Truth
    asked_at: datetime
    closing: bool


def settle_payment(*, out_trade_no: str) -> SettleResult:
    """Ask the gateway how an attempt stands and book the answer; repeats do nothing.

    Raises PaymentAttempt.DoesNotExist for a number that is not ours.
    """
    return _ask_and_book(selectors.attempt_of_number(out_trade_no), closing=False)


def close_attempt(*, attempt_id: int) -> SettleResult:
    """Make an attempt unpayable at its gateway; when it was paid already, settle it instead."""
    attempt = PaymentAttempt.objects.select_related("intent").get(pk=attempt_id)
    return _ask_and_book(attempt, closing=True)


def check_attempt(*, attempt_id: int) -> SettleResult:
    """Look at an attempt again: closes one that nobody should pay any more, else asks."""
    attempt = PaymentAttempt.objects.select_related("intent").get(pk=attempt_id)
    return _ask_and_book(attempt, closing=attempt.is_open and not attempt.intent.is_open)


def _ask_and_book(attempt: PaymentAttempt, *, closing: bool) -> SettleResult:
    if attempt.state == AttemptState.SUCCEEDED:
        return SettleResult.ALREADY_PAID
    if attempt.state == AttemptState.SUSPENSE:
        return SettleResult.REVIEW
    if attempt.state == AttemptState.RETURNED:
        return SettleResult.CLOSED
    gateway = gateway_for(attempt.gateway)
    asked_at = timezone.now()
    try:
        truth = ask(gateway.close if closing else gateway.query, trade_ref(attempt))
    except (GatewayRefused, GatewayUnclear):
        # Even a plain "no" to our question says nothing about the money.
        move_attempt(attempt.pk, AttemptState.UNKNOWN, last_checked_at=asked_at)
        return SettleResult.UNKNOWN
    return _book(attempt, _Heard(truth, asked_at, closing))


def book_told(*, attempt: PaymentAttempt, truth: Truth, asked_at: datetime) -> SettleResult:
    """Book what a company answered when it was told to take the money, as if it had been asked."""
    return _book(attempt, _Heard(truth, asked_at, closing=False))


@transaction.atomic(durable=True)
def _book(attempt: PaymentAttempt, heard: _Heard) -> SettleResult:
    unlocked = attempt.intent
    payable_for(unlocked.payable_kind).lock(unlocked.payable_id)
    intent = locks.locked_intent(unlocked.pk)
    attempt = locks.locked_attempt(attempt.pk)
    if attempt.state == AttemptState.SUCCEEDED:
        _note_look(attempt, heard)
        return SettleResult.ALREADY_PAID
    if heard.truth.status == TradeStatus.PAID:
        return _book_paid(intent, attempt, heard)
    return _book_unpaid(attempt, heard)


def _note_look(attempt: PaymentAttempt, heard: _Heard) -> None:
    PaymentAttempt.objects.filter(pk=attempt.pk).update(last_checked_at=heard.asked_at)


def _book_unpaid(attempt: PaymentAttempt, heard: _Heard) -> SettleResult:
    _note_look(attempt, heard)
    if not attempt.is_open:
        # The last look at a locally closed attempt; nothing is left to wait for.
        if heard.asked_at > attempt.payable_until + CLOCK_SKEW:
            PaymentAttempt.objects.filter(pk=attempt.pk).update(next_check_at=None)
        return SettleResult.CLOSED
    status = heard.truth.status
    if status == TradeStatus.WAITING:
        move_attempt(attempt.pk, AttemptState.PENDING)
        return SettleResult.WAITING
    over = heard.asked_at > attempt.payable_until + CLOCK_SKEW
    if status == TradeStatus.CLOSED or over:
        move_attempt(attempt.pk, AttemptState.CLOSED, next_check_at=None)
        return SettleResult.CLOSED
    if heard.closing:
        # The company has no trade yet, so it cannot be closed: whoever kept the old page may still
        # open it until its time. One more look after that; such money is settled or sent back.
        move_attempt(attempt.pk, AttemptState.CLOSED, next_check_at=attempt.payable_until + 2 * CLOCK_SKEW)
        return SettleResult.CLOSED
    move_attempt(attempt.pk, AttemptState.PENDING)
    return SettleResult.WAITING


def _book_paid(intent: PaymentIntent, attempt: PaymentAttempt, heard: _Heard) -> SettleResult:
    truth = heard.truth
    kind = _mismatch(attempt, truth)
    if kind:
        _note_look(attempt, heard)
        _keep_for_people(attempt, truth, kind)
        return SettleResult.REVIEW
    now_known: dict[str, Any] = {
        "provider_ref": truth.provider_ref or None,
        "paid_at": truth.paid_at or timezone.now(),
        "captured_fen": truth.amount_fen,
        "next_check_at": None,
        "last_checked_at": heard.asked_at,
    }
    is_first = move_attempt(attempt.pk, AttemptState.SUCCEEDED, **now_known)
    if not is_first:
        _note_look(attempt, heard)
        return SettleResult.ALREADY_PAID
    # Nobody else writes to it while we hold its lock, so what was written need not be read again.
    attempt.state = AttemptState.SUCCEEDED
    for name, value in now_known.items():
        setattr(attempt, name, value)
    book_capture(intent, attempt)
    return _give_to_payable(intent, attempt)


def _keep_for_people(attempt: PaymentAttempt, truth: Truth, kind: IncidentKind) -> None:
    move_attempt(attempt.pk, AttemptState.SUSPENSE, next_check_at=None)
    raise_incident(
        kind=kind,
        key=attempt.out_trade_no,
        gateway=attempt.gateway,
        attempt=attempt,
        details={
            "expected_fen": attempt.amount_fen,
            "told_fen": truth.amount_fen,
            "foreign": truth.foreign,
            "provider_ref": truth.provider_ref,
        },
    )
    if not truth.foreign:
        book_suspense(attempt, amount_fen=truth.amount_fen)


def _give_to_payable(intent: PaymentIntent, attempt: PaymentAttempt) -> SettleResult:
    beside = selectors.beside(intent, attempt)
    if intent.was_paid or beside.was_paid:
        claim_full_refund(attempt=attempt, reason=RefundReason.DUPLICATE)
        return SettleResult.REFUNDING
    assert attempt.paid_at is not None  # the database says so of a succeeded attempt
    acceptance = payable_for(intent.payable_kind).accept(
        intent.payable_id, paid_at=attempt.paid_at, amount_fen=attempt.captured_fen
    )
    if not acceptance.accepted:
        claim_full_refund(attempt=attempt, reason=RefundReason.LATE)
        return SettleResult.REFUNDING
    move_intent(intent.pk, IntentState.PAID, paid_at=attempt.paid_at, settled_by=attempt, next_check_at=None)
    if beside.other_ways:
        _stop_other_ways(intent, attempt)
    intent_paid.send(sender=PaymentIntent, intent=intent, attempt=attempt)
    return SettleResult.PAID


def _stop_other_ways(intent: PaymentIntent, attempt: PaymentAttempt) -> None:
    """What else could still be paid for the same thing is closed at its gateway on the next look."""
    of_payable = PaymentIntent.objects.filter(payable_kind=intent.payable_kind, payable_id=intent.payable_id)
    others = of_payable.exclude(pk=intent.pk)
    others.filter(state=IntentState.OPEN).update(state=IntentState.CANCELLED, next_check_at=None)
    PaymentAttempt.objects.filter(Q(intent=intent) | Q(intent__in=others), state__in=OPEN_ATTEMPT_STATES).exclude(
        pk=attempt.pk
    ).update(next_check_at=timezone.now(), check_count=0)


def _mismatch(attempt: PaymentAttempt, truth: Truth) -> IncidentKind | None:
    """What of the company's account contradicts ours; such money is never booked as paid."""
    if truth.foreign:
        return IncidentKind.MERCHANT_MISMATCH
    if truth.amount_fen != attempt.amount_fen:
        return IncidentKind.AMOUNT_MISMATCH
    if selectors.is_reference_of_another(attempt, truth.provider_ref):
        return IncidentKind.REFERENCE_REUSED
    return None
