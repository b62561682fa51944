"""What of a running period can go back: by days and by allowance, whichever leaves less, to the payer's favour in halves.

A day that has begun counts as used, the first one not; a session that was used or stands booked counts as used.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from payments.selectors import refundable_fen
from payments.subscriptions.allowances import used_sessions
from payments.subscriptions.models import BillingCycle, Subscription
from payments.subscriptions.selectors import running_cycle_of


@dataclass(frozen=True)
class RefundOffer:
    """What goes back when a plan is ended now, and how it was counted."""

    cycle: BillingCycle
    amount_fen: int
    days_left: int
    days: int
    sessions_left: int


def refund_offer(subscription: Subscription, *, now: datetime | None = None) -> RefundOffer | None:
    """The offer for the period that runs; None where nothing was paid or nothing is left."""
    now = now or timezone.now()
    cycle = running_cycle_of(subscription)
    if cycle is None or cycle.intent is None:
        return None
    begun, over = timezone.localdate(cycle.period_starts_at), timezone.localdate(cycle.period_ends_at)
    days = (over - begun).days
    days_left = max(0, min(days, (over - timezone.localdate(now)).days))
    sessions_left = max(0, cycle.sessions - used_sessions(cycle.pk))
    by_days = cycle.amount_fen * days_left // days
    by_sessions = cycle.amount_fen * sessions_left // cycle.sessions if cycle.sessions else cycle.amount_fen
    amount = min(by_days, by_sessions, refundable_fen(cycle.intent))
    return RefundOffer(cycle, amount, days_left, days, sessions_left) if amount > 0 else None
