"""The end of a plan: what it said stays to be read, nothing of it is done any more."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import User

from ..enums import OPEN_STEP_STATUSES, PlanChange, PlanStatus, StepStatus
from ..errors import PlanAlreadyStarted, PlanEmpty
from ..models import CarePlan
from .booking import drop_waiting
from .noting import note_change
from .telling import tell_ended
from .writing import own_live_plan


@transaction.atomic(durable=True)
def end_plan(*, plan: CarePlan, reached: bool, closing: str, ended_by: User, now: datetime | None = None) -> CarePlan:
    """End a plan: completed, or earlier than meant. Steps not done are dropped; what is booked stays the family's.

    Raises: NotYourPlan, PlanNotShared, PlanOver; PlanEmpty for a draft: that is thrown away.
    """
    now = now or timezone.now()
    locked = own_live_plan(plan, ended_by, now=now)
    if not locked.is_active:
        raise PlanEmpty
    close(locked, PlanStatus.COMPLETED if reached else PlanStatus.REVOKED, closing=closing, now=now)
    note_change(locked, PlanChange.ENDED, changed_by=ended_by, now=now)
    tell_ended(locked)
    return locked


def close(plan: CarePlan, status: PlanStatus, *, closing: str = "", now: datetime) -> None:
    """End a locked plan, its open steps, and their places on waiting lists."""
    plan.status, plan.closing, plan.ended_at = status, closing, now
    plan.save(update_fields=["status", "closing", "ended_at"])
    waiting = plan.steps.filter(waitlist_entry__ended_at=None, waitlist_entry__isnull=False)
    leave_later(list(waiting.values_list("waitlist_entry_id", flat=True)))
    plan.steps.filter(status__in=OPEN_STEP_STATUSES).update(status=StepStatus.CANCELLED)


def leave_later(entry_ids: Collection[int]) -> None:
    """Give places on waiting lists back once this is committed: leaving locks providers, which come before plans."""
    for entry_id in entry_ids:
        _after_the_commit(entry_id)


def _after_the_commit(entry_id: int) -> None:
    # No partial: Django names what failed by its __qualname__, and would fail itself over one without a name.
    transaction.on_commit(lambda: drop_waiting(entry_id=entry_id), robust=True)


@transaction.atomic(durable=True)
def discard_draft(*, plan: CarePlan, discarded_by: User, now: datetime | None = None) -> None:
    """Throw a draft away with all it said. Raises: NotYourPlan, PlanNotShared, PlanOver, PlanAlreadyStarted."""
    locked = own_live_plan(plan, discarded_by, now=now or timezone.now())
    if locked.is_active:
        raise PlanAlreadyStarted
    locked.delete()
