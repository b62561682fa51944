"""What passes by itself: days that come without a time, days to look back, plans nobody works with any more."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from .. import locks, selectors
from ..enums import OPEN_STEP_STATUSES, PlanStatus, Promise
from ..models import CarePlan, PlanStep
from ..rules import LONGEST_SILENCE, promise_of
from .ending import close
from .promising import keep_promise
from .telling import tell_review, tell_times, tell_unmet


def tend_plans(*, now: datetime | None = None) -> int:
    """Look again for times that were promised, flag the days that came without one, remind; return how many changed."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    silent = CarePlan.objects.filter(ended_at=None, changed_at__lt=now - LONGEST_SILENCE)
    changed = sum(_end(pk, now) for pk in list(silent.values_list("pk", flat=True)))
    changed += sum(_promised(step, today, now) for step in list(selectors.promised_steps()))
    due = selectors.plans_due_for_review(today=today)
    return changed + sum(_remind(pk, today) for pk in list(due.values_list("pk", flat=True)))


def _promised(step: PlanStep, today: date, now: datetime) -> bool:
    """Look for times for one step; tell the family of what was found, and the clinic of what was not."""
    if promise_of(step, today=today, now=now) in (Promise.WAITING, Promise.MISSING):
        keep_promise(step=step, now=now)
    return _tell(step.pk, today, now)


@transaction.atomic(durable=True)
def _tell(step_id: int, today: date, now: datetime) -> bool:
    step = locks.locked_step(step_id)
    if step.status not in OPEN_STEP_STATUSES:
        return False
    if step.offered_at is not None:
        tell_times(step)
        return True
    if step.unmet_at is not None or promise_of(step, today=today, now=now) != Promise.UNMET:
        return False
    step.unmet_at = now
    step.save(update_fields=["unmet_at"])
    tell_unmet(step)
    return True


@transaction.atomic(durable=True)
def _remind(plan_id: int, today: date) -> bool:
    plan = locks.locked_plan(plan_id)
    plan.review_told_on = today
    plan.save(update_fields=["review_told_on"])
    tell_review(plan, on=today)
    return True


@transaction.atomic(durable=True)
def _end(plan_id: int, now: datetime) -> bool:
    """A draft that lies there goes; a plan that ran is over."""
    plan = locks.locked_plan(plan_id)
    if not plan.is_live:
        return False
    if plan.status == PlanStatus.DRAFT:
        plan.delete()
    else:
        close(plan, PlanStatus.REVOKED, now=now)
    return True
