"""Reads of one's own coping plan."""

from typing import Any

from marketplace.core.encryption.keys import prefetch_keys

from ..coping import SECTIONS, PlanSection
from ..models import CopingPlan, EarlierPlan


def plan_of(user: Any) -> CopingPlan | None:
    """Return somebody's plan as it stands; None for whoever has none or is not signed in."""
    if not user.is_authenticated:
        return None
    return CopingPlan.objects.filter(owner=user).select_related("owner").first()


def earlier_plans(user: Any) -> list[EarlierPlan]:
    """Return the earlier versions of somebody's plan, the newest first, ready to be opened."""
    found = list(EarlierPlan.objects.filter(plan__owner=user).select_related("plan__owner"))
    prefetch_keys(found)
    return found


def filled(sections: dict[str, str]) -> list[tuple[PlanSection, str]]:
    """Return every section with what stands in it."""
    return [(section, sections.get(section.key, "")) for section in SECTIONS]
