"""Looking again at everything that is not final: the net under every lost message and crash."""

import logging
from collections.abc import Callable

from django.db.models import QuerySet
from django.utils import timezone

from payments import locks
from payments.enums import RefundState
from payments.listening import due_looks
from payments.models import Checked, PaymentAttempt, PaymentIntent, ProviderEvent, Refund
from payments.services.events import process_event
from payments.services.intents import expire_intent
from payments.services.refunding import send_refund
from payments.services.settling import check_attempt

logger = logging.getLogger(__name__)


def reconcile_due(*, limit: int = 100) -> int:
    """Look at up to `limit` due rows of each kind; returns how many. Safe in many workers at once.

    Attempts come before intents, so that money already there is found before a hold is ended.
    """
    return (
        _each(ProviderEvent.objects.all(), lambda pk: process_event(event_id=pk), limit)
        + _each(PaymentAttempt.objects.all(), lambda pk: check_attempt(attempt_id=pk), limit)
        + _each(PaymentIntent.objects.all(), lambda pk: expire_intent(intent_id=pk), limit)
        + _each(_refunds_to_send(), lambda pk: send_refund(refund_id=pk), limit)
        + sum(_each(rows(), look, limit) for rows, look in due_looks())
    )


def _refunds_to_send() -> QuerySet[Refund]:
    return Refund.objects.filter(state__in=(RefundState.REQUESTED, RefundState.SENT))


def _each(rows: QuerySet[Checked], look: Callable[[int], object], limit: int) -> int:
    ids = locks.claim_due(rows, now=timezone.now(), limit=limit)
    for pk in ids:
        try:
            look(pk)
        except Exception:
            # One broken row must not keep the others waiting; its next look is already set.
            logger.exception("Looking again at %s %s failed", rows.model.__name__, pk)
    return len(ids)
