"""Beginning a plan, its words, and letting the family see it."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from catalog.scheduling.models import Provider
from marketplace.accounts.models import User
from marketplace.families.models import Child

from .. import locks, rules, selectors
from ..enums import PlanChange, PlanStatus
from ..errors import (
    NoAuthor,
    NotInCare,
    NotYourPlan,
    PlanAlreadyStarted,
    PlanEmpty,
    PlanExists,
    PlanNotShared,
    PlanOver,
)
from ..models import CarePlan
from .noting import note_change
from .telling import tell_changed, tell_started


@transaction.atomic(durable=True)
def begin_plan(
    *,
    child: Child,
    provider: Provider,
    begun_by: User,
    title: str,
    about: str = "",
    review_on: date | None = None,
    now: datetime | None = None,
) -> CarePlan:
    """Begin a draft, which nobody but its writer sees.

    Raises:
        NotYourPlan: not by the provider themselves. NoAuthor, NotInCare, PlanNotShared: see `refuse_unwritable`.
        PlanExists: they write, or work with, one for this child already.
    """
    now = now or timezone.now()
    if provider.user_id != begun_by.pk:
        raise NotYourPlan
    refuse_unwritable(child, provider, now=now)
    lock_writer(provider)
    if selectors.live_plan_of(child, provider) is not None:
        raise PlanExists
    plan = CarePlan.objects.create(
        child=child, provider=provider, title=title, about=about, review_on=review_on, begun_at=now
    )
    note_change(plan, PlanChange.BEGUN, changed_by=begun_by, now=now)
    return plan


def refuse_unwritable(child: Child, provider: Provider, *, now: datetime) -> None:
    """Refuse a plan for somebody who is not in this provider's care, or whose plans they may not see.

    Raises: NoAuthor, NotInCare, PlanNotShared.
    """
    if provider.user_id is None:
        raise NoAuthor
    if not selectors.is_in_care(provider, child, now=now):
        raise NotInCare
    if not selectors.may_see_plan(provider, child, now=now):
        raise PlanNotShared


def lock_writer(provider: Provider) -> None:
    """Let two beginnings of the same plan wait for one another."""
    Provider.objects.select_for_update(of=("self",), no_key=True).get(pk=provider.pk)


@transaction.atomic(durable=True)
def change_words(
    *,
    plan: CarePlan,
    title: str,
    about: str,
    review_on: date | None,
    changed_by: User,
    now: datetime | None = None,
) -> CarePlan:
    """Change what a plan says as a whole, and when to look back. Raises: NotYourPlan, PlanNotShared, PlanOver."""
    now = now or timezone.now()
    locked = own_live_plan(plan, changed_by, now=now)
    if locked.review_on != review_on:
        locked.review_told_on = None
    locked.title, locked.about, locked.review_on = title, about, review_on
    locked.save(update_fields=["title", "about", "review_on", "review_told_on"])
    changed(locked, PlanChange.WORDS, changed_by=changed_by, now=now)
    return locked


@transaction.atomic(durable=True)
def start_plan(*, plan: CarePlan, started_by: User, now: datetime | None = None) -> CarePlan:
    """Let the family see it from now on.

    Raises: NotYourPlan, PlanNotShared, PlanOver, PlanAlreadyStarted; PlanEmpty without a goal or a step.
    """
    now = now or timezone.now()
    locked = own_live_plan(plan, started_by, now=now)
    if locked.is_active:
        raise PlanAlreadyStarted
    if not (locked.goals.exists() and locked.steps.exists()):
        raise PlanEmpty
    make_active(locked, now=now)
    note_change(locked, PlanChange.STARTED, changed_by=started_by, now=now)
    tell_started(locked)
    return locked


def make_active(plan: CarePlan, *, now: datetime) -> None:
    """Turn a locked draft into a plan that runs."""
    plan.status, plan.started_at = PlanStatus.ACTIVE, now
    plan.save(update_fields=["status", "started_at"])


def own_live_plan(plan: CarePlan, user: User, *, now: datetime) -> CarePlan:
    """Return a plan locked, for its writer to change, as long as consent opens it to them.

    Raises: NotYourPlan, PlanNotShared, PlanOver.
    """
    locked = locks.locked_plan(plan.pk)
    if not rules.may_write(user, locked):
        raise NotYourPlan
    if not selectors.may_see_plan(locked.provider, locked.child, now=now):
        raise PlanNotShared
    if not locked.is_live:
        raise PlanOver
    return locked


def changed(plan: CarePlan, change: PlanChange, *, changed_by: User, now: datetime) -> None:
    """Note a change, and tell the family where they see the plan already."""
    note_change(plan, change, changed_by=changed_by, now=now)
    if plan.is_active:
        tell_changed(plan, on=timezone.localdate(now))
