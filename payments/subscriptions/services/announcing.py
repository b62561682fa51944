"""Telling a family of a period before it, and keeping the proof."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.subscriptions import locks
from payments.subscriptions.enums import CycleKind, SubscriptionState
from payments.subscriptions.models import BillingCycle, RenewalNotice, Subscription
from payments.subscriptions.services.periods import coming_cycle, look_at, new_cycle
from payments.subscriptions.services.telling import WORDING, notice_text, tell
from payments.subscriptions.timing import NOTICE, NOTICE_AHEAD

ANNOUNCED_STATES = (SubscriptionState.TRIALING, SubscriptionState.ACTIVE)


def is_notice_due(subscription: Subscription, *, now: datetime) -> bool:
    """Whether the next period should be announced now and is not yet."""
    ends_at = subscription.period_ends_at
    if subscription.state not in ANNOUNCED_STATES or ends_at is None or now < ends_at - NOTICE_AHEAD:
        return False
    # Past its end only a plan that renews has a next period, which then begins later.
    return (now < ends_at or subscription.renews) and coming_cycle(subscription) is None


@transaction.atomic(durable=True)
def announce_period(*, subscription_id: int, now: datetime) -> BillingCycle | None:
    """Announce the period after the one that runs, whatever was chosen; once. None when it is not due.

    Too late for the five days, the period begins later: what runs until then costs nothing.
    """
    subscription = locks.locked_subscription(subscription_id)
    if not is_notice_due(subscription, now=now):
        return None
    assert subscription.period_ends_at is not None  # is_notice_due looked
    starts_at = max(subscription.period_ends_at, now + NOTICE)
    cycle = new_cycle(subscription, kind=CycleKind.DEBIT, starts_at=starts_at)
    text = notice_text(subscription, cycle)
    for message in tell(subscription, key=f"notice:{cycle.pk}", subject=_("心桥会员续费提醒"), body=text):
        RenewalNotice.objects.create(
            cycle=cycle,
            channel=message.channel,
            sent_at=now,
            charge_on=timezone.localdate(starts_at),
            amount_fen=cycle.amount_fen,
            renews=subscription.renews,
            wording=WORDING,
            text=text,
            sha256=sha256(text.encode()).hexdigest(),
        )
    look_at(subscription, subscription.period_ends_at)
    return cycle


def is_announced(cycle: BillingCycle, *, now: datetime) -> bool:
    """Whether this period, at this price, was announced five days ago or longer."""
    return cycle.notices.filter(sent_at__lte=now - NOTICE, amount_fen=cycle.amount_fen).exists()
