"""What a period does when its payment is accepted, given up or given back: the other side of payments.payables.Payable."""

from datetime import datetime

from django.utils import timezone

from payments.payables import Acceptance, RefundNews
from payments.subscriptions import locks
from payments.subscriptions.enums import CycleKind, CycleState, EndReason, SubscriptionState
from payments.subscriptions.models import BillingCycle, Subscription
from payments.subscriptions.services.booking import correct_income
from payments.subscriptions.services.periods import close_cycle, end_subscription, open_period, period_end
from payments.subscriptions.services.telling import tell_ended, tell_paid


def accept_cycle(*, cycle_id: int, paid_at: datetime, amount_fen: int) -> Acceptance:
    """A period is paid: it opens, unless it was given up. Accepting twice does nothing. Joins payments' transaction."""
    subscription, cycle = _locked(cycle_id)
    if cycle.paid_at is not None:
        return Acceptance.taken()
    if cycle.state == CycleState.VOID or subscription.state == SubscriptionState.ENDED:
        return Acceptance.refused("period_given_up")
    if amount_fen != cycle.amount_fen:
        return Acceptance.refused("other_amount")
    if subscription.state == SubscriptionState.INCOMPLETE:
        cycle.period_starts_at, cycle.period_ends_at = paid_at, period_end(subscription, paid_at)
    open_period(subscription, cycle, now=max(paid_at, cycle.period_starts_at), paid_at=paid_at)
    tell_paid(subscription, cycle)
    return Acceptance.taken()


def release_cycle(*, cycle_id: int, reason: str) -> None:
    """Nobody paid: the plan ends with the period it does not have. Joins payments' transaction."""
    subscription, cycle = _locked(cycle_id)
    if cycle.state not in (CycleState.PLANNED, CycleState.DUE):
        return
    cycle.state, cycle.next_try_at = CycleState.VOID, None
    cycle.save(update_fields=["state", "next_try_at"])
    _end_without(subscription, cycle, timezone.now())


def _end_without(subscription: Subscription, cycle: BillingCycle, now: datetime) -> None:
    if subscription.state == SubscriptionState.ENDED:
        return
    if cycle.kind == CycleKind.BY_HAND:
        end_subscription(subscription, EndReason.NOT_STARTED, now=now)
        return
    # Its clock may be ahead of ours: what it had until then, it had.
    ended_at = max(now, cycle.period_starts_at)
    reason = EndReason.UNPAID if subscription.renews else _over(subscription)
    end_subscription(subscription, reason, now=ended_at)
    tell_ended(subscription)


def _over(subscription: Subscription) -> EndReason:
    return EndReason.PERIOD_OVER if subscription.paid_through else EndReason.TRIAL_OVER


def refund_cycle_news(*, cycle_id: int, news: RefundNews) -> None:
    """Money of a period reached its payer. Joins payments' transaction."""
    subscription, cycle = _locked(cycle_id)
    if cycle.paid_at is None:
        return
    if news.is_full and cycle.state == CycleState.OPENED:
        close_cycle(subscription, cycle, now=timezone.now())
        end_subscription(subscription, EndReason.REFUNDED, now=timezone.now())
    if cycle.state == CycleState.CLOSED:
        correct_income(cycle, refund_key=str(news.public_id))
    if news.is_full:
        BillingCycle.objects.filter(pk=cycle.pk).update(state=CycleState.REFUNDED)


def _locked(cycle_id: int) -> tuple[Subscription, BillingCycle]:
    subscription_id = BillingCycle.objects.values_list("subscription_id", flat=True).get(pk=cycle_id)
    subscription = locks.locked_subscription(subscription_id)
    return subscription, locks.locked_cycle(cycle_id)
