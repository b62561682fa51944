"""Goals and steps of a plan."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from catalog.scheduling.models import HealthcareService, Provider
from marketplace.accounts.models import User

from .. import locks, selectors
from ..enums import GoalStatus, PlanChange, StepStatus
from ..errors import SessionNotOurs, StepIsBooked, TooManyParts
from ..models import CarePlan, PlanGoal, PlanStep
from ..rules import MOST_GOALS, MOST_STEPS
from .writing import changed, own_live_plan


@dataclass(frozen=True, slots=True)
class StepWords:
    """What a step says; with a `service` it asks for a session, with `provider` or with anybody who gives it."""

    text: str
    review_on: date | None = None
    service: HealthcareService | None = None
    provider: Provider | None = None


@transaction.atomic(durable=True)
def add_goal(*, plan: CarePlan, text: str, added_by: User, now: datetime | None = None) -> PlanGoal:
    """Add a goal at the end. Raises: NotYourPlan, PlanNotShared, PlanOver, TooManyParts."""
    now = now or timezone.now()
    locked = own_live_plan(plan, added_by, now=now)
    if locked.goals.count() >= MOST_GOALS:
        raise TooManyParts
    last = locked.goals.aggregate(last=Max("order"))["last"] or 0
    goal = PlanGoal.objects.create(plan=locked, order=last + 1, text=text)
    changed(locked, PlanChange.GOAL, changed_by=added_by, now=now)
    return goal


@transaction.atomic(durable=True)
def change_goal(
    *, goal: PlanGoal, text: str, status: GoalStatus | str, changed_by: User, now: datetime | None = None
) -> PlanGoal:
    """Change a goal's words, or say how it stands. Raises: NotYourPlan, PlanNotShared, PlanOver."""
    now = now or timezone.now()
    locked = own_live_plan(goal.plan, changed_by, now=now)
    goal.text, goal.status = text, GoalStatus(status)
    goal.save(update_fields=["text", "status"])
    changed(locked, PlanChange.GOAL, changed_by=changed_by, now=now)
    return goal


@transaction.atomic(durable=True)
def add_step(*, plan: CarePlan, words: StepWords, added_by: User, now: datetime | None = None) -> PlanStep:
    """Add a step at the end. Raises: NotYourPlan, PlanNotShared, PlanOver, TooManyParts, SessionNotOurs."""
    now = now or timezone.now()
    locked = own_live_plan(plan, added_by, now=now)
    refuse_foreign_session(locked, words)
    step = append_step(locked, words, now=now)
    changed(locked, PlanChange.STEP, changed_by=added_by, now=now)
    return step


def append_step(plan: CarePlan, words: StepWords, *, now: datetime, needed_by: date | None = None) -> PlanStep:
    """Write a step at the end of a locked plan. Raises TooManyParts."""
    if plan.steps.count() >= MOST_STEPS:
        raise TooManyParts
    last = plan.steps.aggregate(last=Max("order"))["last"] or 0
    return PlanStep.objects.create(
        plan=plan,
        order=last + 1,
        text=words.text,
        review_on=words.review_on,
        service=words.service,
        provider=words.provider,
        asked_at=now,
        needed_by=needed_by,
    )


@transaction.atomic(durable=True)
def change_step(
    *, step: PlanStep, words: StepWords, status: StepStatus | str, changed_by: User, now: datetime | None = None
) -> PlanStep:
    """Change a step's words, or say how it stands.

    Raises: NotYourPlan, PlanNotShared, PlanOver, SessionNotOurs; StepIsBooked where another session, or another state, is
    asked of a step whose booking lies ahead.
    """
    now = now or timezone.now()
    locked = own_live_plan(step.plan, changed_by, now=now)
    refuse_foreign_session(locked, words)
    found = locks.locked_step(step.pk)
    status = StepStatus(status)
    asks = (words.service and words.service.pk, words.provider and words.provider.pk)
    if found.status == StepStatus.SCHEDULED:
        if status != StepStatus.SCHEDULED or asks != (found.service_id, found.provider_id):
            raise StepIsBooked
    elif status == StepStatus.SCHEDULED:
        status = StepStatus(found.status)
    if words.service is None:
        found.needed_by = None
    found.text, found.review_on, found.status = words.text, words.review_on, status
    found.service, found.provider = words.service, words.provider
    found.save(update_fields=["text", "review_on", "status", "service", "provider", "needed_by"])
    changed(locked, PlanChange.STEP, changed_by=changed_by, now=now)
    return found


@transaction.atomic(durable=True)
def move_step(*, step: PlanStep, up: bool, moved_by: User, now: datetime | None = None) -> None:
    """Let a step change places with the one before it (or after it); at the end nothing happens.

    Raises: NotYourPlan, PlanNotShared, PlanOver.
    """
    now = now or timezone.now()
    locked = own_live_plan(step.plan, moved_by, now=now)
    steps = list(locked.steps.only("order", "plan_id").order_by("order", "pk"))
    at = next(index for index, each in enumerate(steps) if each.pk == step.pk)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(steps):
        return
    steps[at], steps[to] = steps[to], steps[at]
    for order, each in enumerate(steps, start=1):
        if each.order != order:
            PlanStep.objects.filter(pk=each.pk).update(order=order)
    changed(locked, PlanChange.ORDER, changed_by=moved_by, now=now)


def refuse_foreign_session(plan: CarePlan, words: StepWords) -> None:
    """Refuse a session, or a provider, of another organisation. Raises SessionNotOurs."""
    if words.service is None:
        return
    if not selectors.bookable_services(plan.provider.partner).filter(pk=words.service.pk).exists():
        raise SessionNotOurs
    if words.provider is not None and not words.service.providers.filter(pk=words.provider.pk).exists():
        raise SessionNotOurs
