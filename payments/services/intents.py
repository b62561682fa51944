"""Owing money, and ceasing to."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from payments import locks, selectors
from payments.enums import EndResult, IntentState, SettleResult
from payments.errors import IntentAlreadyOpen
from payments.models import PaymentIntent
from payments.payables import payable_for
from payments.schedule import EXPIRY_GRACE
from payments.services.settling import close_attempt
from payments.signals import intent_ended
from payments.states import move_intent


def open_intent(
    *, payable_kind: str, payable_id: int, amount_fen: int, buyer_id: int, expires_at: datetime
) -> PaymentIntent:
    """Say that `amount_fen` is owed until `expires_at`. Joins the caller's transaction.

    The same call again returns the intent already open. Raises IntentAlreadyOpen when it differs.
    """
    existing = selectors.open_intent_of(payable_kind, payable_id)
    if existing is None:
        try:
            with transaction.atomic():
                return PaymentIntent.objects.create(
                    payable_kind=payable_kind,
                    payable_id=payable_id,
                    amount_fen=amount_fen,
                    buyer_id=buyer_id,
                    expires_at=expires_at,
                    next_check_at=expires_at,
                )
        except IntegrityError:
            existing = selectors.open_intent_of(payable_kind, payable_id)
            if existing is None:
                raise
    if (existing.amount_fen, existing.buyer_id) != (amount_fen, buyer_id):
        raise IntentAlreadyOpen
    return existing


def expire_intent(*, intent_id: int) -> EndResult:
    """End an intent whose time has come: at the gateway first, then here and at the payable.

    Returns PAID when it turns out to be paid, NOT_YET before its time or while a gateway is unclear
    (up to EXPIRY_GRACE: after that the payable is released, and money still coming is settled or
    sent back). Talks to a gateway: call it outside transactions.
    """
    return _end_intent(intent_id, to=IntentState.EXPIRED)


def cancel_intent(*, intent_id: int, because: str = "") -> EndResult:
    """End an unpaid intent because it is given up; answers as `expire_intent` does.

    `because` is a word for those who hear of it (payments.signals.intent_ended), in the same transaction.
    """
    return _end_intent(intent_id, to=IntentState.CANCELLED, because=because)


def _end_intent(intent_id: int, *, to: IntentState, because: str = "") -> EndResult:
    intent = PaymentIntent.objects.get(pk=intent_id)
    if not intent.is_open:
        return EndResult.PAID if intent.was_paid else EndResult.ENDED
    now = timezone.now()
    if to == IntentState.EXPIRED and now < intent.expires_at:
        return EndResult.NOT_YET
    attempt = selectors.open_attempt_of(intent.pk)
    patience_over = to == IntentState.EXPIRED and now >= intent.expires_at + EXPIRY_GRACE
    if attempt:
        result = close_attempt(attempt_id=attempt.pk)
        unclear = result in (SettleResult.UNKNOWN, SettleResult.WAITING)
        if unclear and not patience_over:
            return EndResult.NOT_YET
    return _end_locally(intent, to=to, patience_over=patience_over, because=because)


@transaction.atomic(durable=True)
def _end_locally(intent: PaymentIntent, *, to: IntentState, patience_over: bool, because: str) -> EndResult:
    payable = payable_for(intent.payable_kind)
    payable.lock(intent.payable_id)
    intent = locks.locked_intent(intent.pk)
    if not intent.is_open:
        return EndResult.PAID if intent.was_paid else EndResult.ENDED
    # Someone may have started another attempt while we talked to the gateway.
    if selectors.open_attempt_of(intent.pk) and not patience_over:
        return EndResult.NOT_YET
    move_intent(intent.pk, to, next_check_at=None)
    payable.release(intent.payable_id, reason=to.value)
    intent_ended.send(sender=PaymentIntent, intent=intent, state=to, because=because)
    return EndResult.ENDED
