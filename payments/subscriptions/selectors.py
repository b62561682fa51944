"""Reads of plans."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.families.selectors import guardians_of, young_profile_of
from payments.subscriptions.enums import (
    LIVE_STATES,
    OPEN_STATES,
    AgreementState,
    CycleKind,
    CycleState,
    SubscriptionState,
)
from payments.subscriptions.models import Agreement, BillingCycle, Plan, RenewalNotice, Subscription, TrialUse


def plans_on_sale(*, now: datetime | None = None) -> QuerySet[Plan]:
    """What can be taken now, the cheapest first."""
    now = now or timezone.now()
    fresh = Q(on_sale_until__isnull=True) | Q(on_sale_until__gt=now)
    return Plan.objects.filter(fresh, on_sale_from__lte=now).order_by("amount_fen", "pk")


def is_on_sale(plan: Plan, *, now: datetime) -> bool:
    """Whether this version can be taken."""
    return plans_on_sale(now=now).filter(pk=plan.pk).exists()


def live_subscription_of(user: User) -> Subscription | None:
    """A person's one subscription that is not over; the database allows one."""
    rows = Subscription.objects.filter(user=user, state__in=LIVE_STATES)
    return rows.select_related("plan", "user").first()


def latest_subscription_of(user: User) -> Subscription | None:
    """The live one, else the one that ended last, if it ever began."""
    began = Subscription.objects.filter(user=user).exclude(trial_ends_at=None, paid_through=None)
    return live_subscription_of(user) or began.select_related("plan", "user").order_by("-created_at").first()


def had_trial(user: User) -> bool:
    """Whether the person had the one trial."""
    return TrialUse.objects.filter(user=user).exists()


def signed_agreement_of(subscription: Subscription) -> Agreement | None:
    """The agreement by which it may be debited."""
    return subscription.agreements.filter(state=AgreementState.SIGNED).first()


def coming_cycle_of(subscription: Subscription) -> BillingCycle | None:
    """The period that is announced or being paid for."""
    coming = (CycleState.PLANNED, CycleState.DUE)
    return subscription.cycles.filter(state__in=coming).select_related("intent").first()


def running_cycle_of(subscription: Subscription) -> BillingCycle | None:
    """The period whose time runs."""
    return subscription.cycles.filter(state=CycleState.OPENED).select_related("intent__settled_by").first()


def paid_cycles_of(user: User) -> QuerySet[BillingCycle]:
    """All periods a person paid for, the newest first, with their payment."""
    rows = BillingCycle.objects.filter(subscription__user=user, paid_at__isnull=False).exclude(kind=CycleKind.TRIAL)
    return rows.select_related("intent__settled_by", "subscription__plan").order_by("-paid_at", "-pk")


def notices_of(subscription: Subscription) -> QuerySet[RenewalNotice]:
    """What was announced, the newest first."""
    rows = RenewalNotice.objects.filter(cycle__subscription=subscription)
    return rows.select_related("cycle").order_by("-sent_at", "pk")


@dataclass(frozen=True)
class PlanAccess:
    """What a family's plans open, and until when."""

    benefits: frozenset[str]
    until: datetime
    is_trial: bool


def plan_access(user: User, *, now: datetime | None = None) -> PlanAccess | None:
    """What this person's plan, or a guardian's, opens now; None when there is none.

    A plan is for the family: a child's own account has what a full guardian's plan opens.
    """
    if not user.is_authenticated:
        return None
    now = now or timezone.now()
    rows = Subscription.objects.filter(user_id__in=_plan_holders(user), state__in=OPEN_STATES).select_related("plan")
    return _best(row for row in rows if row.access_until and row.access_until > now)


def _plan_holders(user: User) -> list[int]:
    profile = young_profile_of(user)
    guardians = guardians_of(profile).full().values_list("guardian_id", flat=True) if profile else ()
    return [user.pk, *guardians]


def _best(rows: Iterable[Subscription]) -> PlanAccess | None:
    opened = sorted(rows, key=lambda row: (row.state != SubscriptionState.TRIALING, row.access_until))
    if not opened:
        return None
    last = opened[-1]
    assert last.access_until is not None  # filtered by the caller
    benefits = frozenset(benefit for row in opened for benefit in row.plan.benefits)
    return PlanAccess(benefits, last.access_until, last.state == SubscriptionState.TRIALING)
