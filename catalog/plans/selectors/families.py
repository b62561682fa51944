"""What a family could see of plans at all: those that were shown to it. Whether it may, `sights` asks of consent."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F, QuerySet

from marketplace.accounts.models import User
from marketplace.families.models import Child
from marketplace.families.selectors import profile_ids_of

from ..enums import SHOWN_PLAN_STATUSES
from ..models import CarePlan, PlanStep, PlanVersion
from .steps import whole_plans, whole_steps


def family_children(user: User) -> list[Child]:
    """Return the young people of a person's family, themselves too, who have a plan that was shown. One query."""
    shown = CarePlan.objects.filter(status__in=SHOWN_PLAN_STATUSES)
    found = Child.objects.filter(pk__in=profile_ids_of(user)).filter(pk__in=shown.values("child_id"))
    return list(found.order_by("created_at", "pk"))


def plans_of_family(children: Collection[Child]) -> QuerySet[CarePlan]:
    """Return the shown plans of these children, live ones first, then the latest."""
    plans = CarePlan.objects.filter(child__in=children, status__in=SHOWN_PLAN_STATUSES)
    return plans.select_related("child", "provider__partner").order_by(
        F("ended_at").desc(nulls_first=True), "-started_at", "-pk"
    )


def plan_of_family(user: User, public_id: UUID) -> CarePlan:
    """Return a shown plan of one of a person's family. Raises CarePlan.DoesNotExist for anybody else's."""
    return whole_plans().get(public_id=public_id, status__in=SHOWN_PLAN_STATUSES, child__in=profile_ids_of(user))


def step_of_family(user: User, public_id: UUID) -> PlanStep:
    """Return a step of such a plan. Raises PlanStep.DoesNotExist."""
    return whole_steps().get(
        public_id=public_id, plan__status__in=SHOWN_PLAN_STATUSES, plan__child__in=profile_ids_of(user)
    )


def versions_of(plan: CarePlan, *, since_shown: bool) -> QuerySet[PlanVersion]:
    """Return what a plan said, the latest first; to a family only from when it was shown to them."""
    versions = PlanVersion.objects.filter(plan=plan).select_related("changed_by", "plan__child").order_by("-number")
    return versions.filter(changed_at__gte=plan.started_at) if since_shown and plan.started_at else versions
