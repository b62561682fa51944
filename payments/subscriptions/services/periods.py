"""How periods begin and end. Everything here runs inside the caller's transaction, the subscription locked."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from payments import selectors as payment_selectors
from payments.subscriptions.allowances import used_sessions
from payments.subscriptions.enums import (
    OPEN_AGREEMENTS,
    AgreementState,
    CycleKind,
    CycleState,
    EndReason,
    SubscriptionState,
)
from payments.subscriptions.models import Agreement, BillingCycle, Subscription
from payments.subscriptions.services.booking import book_income
from payments.subscriptions.signals import cycle_ended, cycle_opened
from payments.subscriptions.timing import months_later


def new_cycle(
    subscription: Subscription, *, kind: CycleKind, starts_at: datetime, ends_at: datetime | None = None
) -> BillingCycle:
    """A period of a subscription, at its frozen price; free when it is the trial."""
    plan = subscription.plan
    return BillingCycle.objects.create(
        subscription=subscription,
        kind=kind,
        period_starts_at=starts_at,
        period_ends_at=ends_at or period_end(subscription, starts_at),
        amount_fen=0 if kind == CycleKind.TRIAL else subscription.amount_fen,
        sessions=plan.sessions,
        session_unit_fen=plan.session_unit_fen,
    )


def period_end(subscription: Subscription, starts_at: datetime) -> datetime:
    """When a period that begins then is over."""
    anchor = subscription.anchor_day or timezone.localtime(starts_at).day
    return months_later(starts_at, subscription.plan.period_months, anchor)


def open_period(subscription: Subscription, cycle: BillingCycle, *, now: datetime, paid_at: datetime | None) -> None:
    """A period is there: the one before it closes, what the plan holds is open until its end."""
    for over in subscription.cycles.filter(state=CycleState.OPENED).exclude(pk=cycle.pk):
        close_cycle(subscription, over, now=now)
    cycle.state, cycle.paid_at, cycle.opened_at, cycle.next_try_at = CycleState.OPENED, paid_at, now, None
    cycle.save()
    if cycle.kind == CycleKind.TRIAL:
        subscription.state, subscription.trial_ends_at = SubscriptionState.TRIALING, cycle.period_ends_at
    else:
        subscription.state, subscription.paid_through = SubscriptionState.ACTIVE, cycle.period_ends_at
        subscription.anchor_day = subscription.anchor_day or timezone.localtime(cycle.period_starts_at).day
    # What companies were told was for this debit.
    subscription.agreements.update(announced_at=None)
    subscription.grace_until = None
    look_at(subscription, now)
    cycle_opened.send(BillingCycle, subscription=subscription, cycle=cycle)


def close_cycle(subscription: Subscription, cycle: BillingCycle, *, now: datetime) -> None:
    """A period is over: its unused allowance is gone, its income is earned."""
    cycle.state, cycle.closed_at, cycle.sessions_used = CycleState.CLOSED, now, used_sessions(cycle.pk)
    cycle.save(update_fields=["state", "closed_at", "sessions_used"])
    cycle_ended.send(BillingCycle, subscription=subscription, cycle=cycle)
    book_income(cycle)


def end_subscription(subscription: Subscription, reason: EndReason, *, now: datetime) -> None:
    """The plan is over: nothing more is planned, and no company may debit any more."""
    for cycle in subscription.cycles.filter(state=CycleState.OPENED):
        close_cycle(subscription, cycle, now=now)
    subscription.cycles.filter(state=CycleState.PLANNED).update(state=CycleState.VOID)
    subscription.state, subscription.ended_at, subscription.ended_reason = SubscriptionState.ENDED, now, reason
    subscription.renews, subscription.grace_until = False, None
    look_at(subscription, None)
    for agreement in subscription.agreements.filter(state__in=OPEN_AGREEMENTS):
        give_up_agreement(agreement, now=now)


def give_up_agreement(agreement: Agreement, *, now: datetime) -> None:
    """We want no more of an agreement; the company hears of it after commit, and again until it confirms."""
    Agreement.objects.filter(pk=agreement.pk).exclude(state=AgreementState.ENDED).update(
        state=AgreementState.ENDING, next_check_at=now, check_count=0
    )
    transaction.on_commit(lambda: _end_soon(agreement.pk), robust=True)


def _end_soon(agreement_id: int) -> None:
    from payments.subscriptions.tasks import end_agreement_soon  # tasks stand above services

    end_agreement_soon.apply_async((agreement_id,), retry=False)


def look_at(subscription: Subscription, at: datetime | None) -> None:
    """Save a subscription, with the time at which it is looked at next."""
    subscription.next_check_at, subscription.check_count = at, 0
    subscription.save()


def coming_cycle(subscription: Subscription) -> BillingCycle | None:
    """The period that is announced or being paid for; the database allows one."""
    return subscription.cycles.filter(state__in=(CycleState.PLANNED, CycleState.DUE)).first()


def running_agreement(subscription: Subscription) -> Agreement | None:
    """The agreement by which this subscription may be debited."""
    return subscription.agreements.filter(state=AgreementState.SIGNED).first()


def has_money_coming(cycle: BillingCycle) -> bool:
    """Whether a try to pay this period is still undecided."""
    return cycle.intent_id is not None and payment_selectors.open_attempt_of(cycle.intent_id) is not None
