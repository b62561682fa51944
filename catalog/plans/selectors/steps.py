"""Plans with all that a page of them shows, and free times for a step."""

from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet

from catalog.scheduling.selectors import Slot, open_slots

from ..enums import OPEN_STEP_STATUSES, PlanStatus
from ..models import CarePlan, PlanStep, StepBooking


def whole_plans() -> QuerySet[CarePlan]:
    """Return plans with people, goals, steps, their bookings and places on waiting lists: seven queries, however many."""
    return CarePlan.objects.select_related("child", "provider__partner", "provider__user").prefetch_related(
        "goals", Prefetch("steps", whole_steps())
    )


def whole_steps() -> QuerySet[PlanStep]:
    """Return steps with their bookings and places on waiting lists."""
    made = StepBooking.objects.select_related("booking__occupancy__provider", "booking__occupancy__location")
    steps = PlanStep.objects.select_related(
        "plan__child", "plan__provider", "service__product", "provider", "waitlist_entry"
    )
    return steps.prefetch_related(Prefetch("step_bookings", made), "waitlist_entry__offers").order_by("order", "pk")


def free_times(step: PlanStep, *, from_on: date, to_on: date, now: datetime | None = None) -> list[Slot]:
    """Return the free times of a step's session between two days (both included), earliest first."""
    if step.service is None:
        return []
    return open_slots(service=step.service, from_on=from_on, to_on=to_on, provider=step.provider, now=now)


def last_day_for(step: PlanStep, *, today: date) -> date:
    """Return the last day on which a step's session can be booked now."""
    return today + timedelta(days=step.service.horizon_days if step.service else 0)


def promised_steps() -> QuerySet[PlanStep]:
    """Return open steps of active plans that have a day, and no time to choose from so far."""
    found = whole_steps().filter(
        plan__status=PlanStatus.ACTIVE, status__in=OPEN_STEP_STATUSES, needed_by__isnull=False, offered_at=None
    )
    return found.order_by("pk")


def plans_due_for_review(*, today: date) -> QuerySet[CarePlan]:
    """Return active plans whose day to look back has come, or of one of whose open steps, and nobody was told."""
    steps = PlanStep.objects.filter(status__in=OPEN_STEP_STATUSES, review_on__lte=today)
    due = Q(review_on__lte=today) | Q(pk__in=steps.values("plan_id"))
    untold = Q(review_told_on__isnull=True) | Q(review_told_on__lt=today - timedelta(days=7))
    return CarePlan.objects.filter(due, untold, status=PlanStatus.ACTIVE).order_by("pk")
