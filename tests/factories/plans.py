from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from catalog.partner.models import Partner
from catalog.plans.enums import ENDED_PLAN_STATUSES, PlanChange, PlanStatus
from catalog.plans.models import CarePlan, PlanGoal, PlanStep, StepBooking
from catalog.plans.services.noting import note_change
from catalog.scheduling.models import Booking, Provider
from marketplace.accounts.enums import Role
from marketplace.accounts.models import User
from marketplace.consent.enums import DataItem, GivenAs
from marketplace.consent.models import Consent
from marketplace.families.models import Child

from .catalogue import make_service
from .consent import make_consent
from .consultations import make_held_session
from .partners import make_provider
from .people import make_child, make_user


def make_writer(partner: Partner | None = None, **fields: Any) -> Provider:
    """A provider who signs in."""
    partner_is = {"partner": partner} if partner else {}
    return make_provider(user=make_user(role=Role.PRACTITIONER), **partner_is, **fields)


def make_young_child(*guardians: User, age: int = 10, **fields: Any) -> Child:
    """A child of ten, whose guardians see its plans."""
    return make_child(*guardians, born_on=timezone.localdate() - timedelta(days=age * 366), **fields)


def let_see_plans(child: Child, provider: Provider, **fields: Any) -> Consent:
    """Somebody who may agrees that the provider's organisation sees the child's plans."""
    fields.setdefault("needs", [GivenAs.TEEN if child.rules.decides_alone else GivenAs.GUARDIAN])
    return make_consent(child, provider.partner, items=[DataItem.PLAN], **fields)


def make_in_care(child: Child, provider: Provider, booked_by: User | None = None, *, is_shared: bool = True) -> Booking:
    """A session that took place, and a word that the provider may see plans."""
    days = 2 + provider.occupancies.count()
    booking = make_held_session(child, booked_by, service=make_service(provider), days_ago=days)
    if is_shared:
        let_see_plans(child, provider)
    return booking


def make_plan(
    child: Child | None = None,
    provider: Provider | None = None,
    *,
    status: PlanStatus = PlanStatus.ACTIVE,
    at: datetime | None = None,
    goals: int = 1,
    steps: int = 1,
    **fields: Any,
) -> CarePlan:
    """A plan that the family sees, with a goal and a step, past the services; its writer may see it unless named so."""
    at = at or timezone.now() - timedelta(days=3)
    child, provider = child or make_young_child(make_user()), provider or make_writer()
    usual = {"title": "一起往前走", "about": "说好慢慢来", "begun_at": at}
    if status != PlanStatus.DRAFT:
        usual["started_at"] = at
    if status in ENDED_PLAN_STATUSES:
        usual["ended_at"] = at
    plan = CarePlan.objects.create(child=child, provider=provider, status=status, **usual | fields)
    for order in range(1, goals + 1):
        PlanGoal.objects.create(plan=plan, order=order, text=f"目标{order}")
    for order in range(1, steps + 1):
        make_step(plan, order=order)
    note_change(plan, PlanChange.BEGUN, changed_by=provider.user or make_user(), now=at)
    return plan


def make_step(plan: CarePlan, *, booking: Booking | None = None, **fields: Any) -> PlanStep:
    """One more step, of a booking where one is given."""
    usual = {"order": plan.steps.count() + 1, "text": "先试一周"}
    step = PlanStep.objects.create(plan=plan, **usual | fields)
    if booking is not None:
        StepBooking.objects.create(step=step, booking=booking)
    return step
