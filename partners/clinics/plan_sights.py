"""What the portal's people may see of plans: asked of consent's door once for a page, and written down."""

from collections.abc import Collection
from dataclasses import dataclass

from catalog.plans.models import CarePlan
from marketplace.consent.decisions import Decision
from marketplace.consent.enums import DataItem, Purpose
from marketplace.consent.services import look

from .rules import Portal

_ITEMS = (DataItem.PROFILE, DataItem.PLAN)


@dataclass(frozen=True)
class PlanSight:
    """Whether it may be known who it is, and what the plan says."""

    who: Decision
    words: Decision


def look_at_plans(portal: Portal, plans: Collection[CarePlan]) -> None:
    """Give every plan its `sight`, and write down that the page was looked at; two queries for any number."""
    if not plans:
        return
    children = {plan.child.pk: plan.child for plan in plans}
    seen = look(viewer=portal.user, children=list(children.values()), items=_ITEMS, purpose=Purpose.CARE)
    for plan in plans:
        child = children[plan.child.pk]
        answers = [seen.may_see(child, item) for item in _ITEMS]
        plan.sight = PlanSight(*answers)  # type: ignore[attr-defined]
