"""The lock of a coping plan."""

from ..models import CopingPlan


def locked_plan(plan_id: int) -> CopingPlan:
    """Return a plan with its owner, locked and read after the lock. Raises CopingPlan.DoesNotExist."""
    return CopingPlan.objects.select_for_update(of=("self",)).select_related("owner").get(pk=plan_id)
