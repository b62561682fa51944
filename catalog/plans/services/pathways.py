"""The middle pathway: one button, a plan by a professional, and a time on offer within seven days (INT-08)."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from catalog.scheduling.models import HealthcareService, Provider
from marketplace.accounts.models import User
from marketplace.families.models import Child

from .. import locks, rules, selectors
from ..enums import Pathway, PlanChange
from ..errors import NoReason, NotYourPlan, PathwayRunning, SessionNotOurs
from ..models import CarePlan, PlanGoal, PlanStep
from ..pathways import MIDDLE
from .noting import note_change
from .parts import StepWords, append_step
from .promising import keep_promise
from .telling import tell_started, tell_times
from .writing import lock_writer, make_active, refuse_unwritable


def start_middle_pathway(
    *,
    child: Child,
    provider: Provider,
    service: HealthcareService,
    reason: str,
    started_by: User,
    now: datetime | None = None,
) -> PlanStep:
    """Make a plan from the template, shown to the family at once, and find times for its first session.

    By the provider, or by who manages their organisation. Where the provider writes a plan for this child already, the
    session joins it. Where no time is free within seven days of anybody who gives the service, they wait with that day as
    `needed_by`. Returns the step of the first session, as it stands then.

    Raises:
        NotYourPlan: neither the provider nor a manager. NoReason. SessionNotOurs: no one-to-one session of theirs on sale.
        NoAuthor, NotInCare, PlanNotShared. PathwayRunning: the first session is being arranged already.
    """
    now = now or timezone.now()
    step = _begin(child, provider, service, reason.strip(), started_by, now)
    keep_promise(step=step, now=now)
    return _tell(step.pk)


@transaction.atomic(durable=True)
def _begin(
    child: Child, provider: Provider, service: HealthcareService, reason: str, started_by: User, now: datetime
) -> PlanStep:
    if not reason:
        raise NoReason
    if provider.user_id != started_by.pk and not provider.partner.users.filter(pk=started_by.pk).exists():
        raise NotYourPlan
    if not selectors.bookable_services(provider.partner).filter(pk=service.pk).exists():
        raise SessionNotOurs
    refuse_unwritable(child, provider, now=now)
    lock_writer(provider)
    today = timezone.localdate(now)
    live = selectors.live_plan_of(child, provider)
    plan = _joined(live, reason) if live else _made(child, provider, reason, today, now)
    if not plan.is_active:
        make_active(plan, now=now)
    step = _steps(plan, service, today, now, only_first=live is not None)
    note_change(plan, PlanChange.PATHWAY, changed_by=started_by, now=now)
    return step


def _joined(live: CarePlan, reason: str) -> CarePlan:
    """The plan that is there already; what it says stays, the reason is added to it."""
    plan = locks.locked_plan(live.pk)
    if rules.is_running(plan.steps.all()):
        raise PathwayRunning
    plan.pathway = Pathway.MIDDLE
    plan.about = f"{plan.about}\n\n{reason}".strip()
    plan.save(update_fields=["pathway", "about"])
    return plan


def _made(child: Child, provider: Provider, reason: str, today: date, now: datetime) -> CarePlan:
    plan = CarePlan.objects.create(
        child=child,
        provider=provider,
        pathway=MIDDLE.pathway,
        title=str(MIDDLE.title),
        about=reason,
        review_on=today + MIDDLE.review_after,
        begun_at=now,
    )
    for order, text in enumerate(MIDDLE.goals, start=1):
        PlanGoal.objects.create(plan=plan, order=order, text=str(text))
    return plan


def _steps(plan: CarePlan, service: HealthcareService, today: date, now: datetime, *, only_first: bool) -> PlanStep:
    """Write the template's steps, into a plan that was there already its session alone; return the session's."""
    promised: list[PlanStep] = []
    for template in MIDDLE.steps:
        if template.within is None and only_first:
            continue
        words = StepWords(
            text=str(template.text),
            review_on=today + template.review_after if template.review_after else None,
            service=service if template.within else None,
        )
        needed_by = today + template.within if template.within else None
        step = append_step(plan, words, now=now, needed_by=needed_by)
        promised += [step] if needed_by else []
    return promised[0]


@transaction.atomic(durable=True)
def _tell(step_id: int) -> PlanStep:
    step = locks.locked_step(step_id)
    if step.offered_at is not None:
        tell_times(step)
    else:
        tell_started(step.plan)
    return step
