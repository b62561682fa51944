"""Ending a plan now, with what is left of its period given back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from payments.enums import RefundReason
from payments.models import Refund
from payments.services import request_refund
from payments.subscriptions import locks
from payments.subscriptions.enums import EndReason
from payments.subscriptions.errors import NothingToGiveBack, OfferChanged
from payments.subscriptions.models import Subscription
from payments.subscriptions.refunds import refund_offer
from payments.subscriptions.services.periods import end_subscription
from payments.subscriptions.services.telling import tell_ended


@transaction.atomic(durable=True)
def refund_plan(*, subscription: Subscription, shown_fen: int, now: datetime | None = None) -> Refund:
    """End a plan at once and send back what was shown; all debits end with it.

    Raises NothingToGiveBack, OfferChanged: the sum is another one than `shown_fen`.
    """
    now = now or timezone.now()
    locked = locks.locked_subscription(subscription.pk)
    offer = refund_offer(locked, now=now)
    if offer is None or offer.cycle.intent is None:
        raise NothingToGiveBack
    if offer.amount_fen != shown_fen:
        raise OfferChanged
    refund = request_refund(
        intent_id=offer.cycle.intent.pk,
        amount_fen=offer.amount_fen,
        reason=RefundReason.UNUSED,
        key=f"plan:{offer.cycle.pk}",
        initiator_id=locked.user_id,
    )
    end_subscription(locked, EndReason.REFUNDED, now=now)
    tell_ended(locked)
    return refund
