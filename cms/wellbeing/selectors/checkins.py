"""Reads of check-ins."""

from uuid import UUID

from marketplace.families.models import Child

from ..models import CheckInPlan, CheckInPrompt


def plan_of(child: Child) -> CheckInPlan | None:
    """A young person's plan, running or stopped; None where they never had one."""
    return CheckInPlan.objects.filter(child=child).first()


def prompt_of(child: Child, public_id: UUID) -> CheckInPrompt | None:
    """One asking of one's own; somebody else's does not exist."""
    return CheckInPrompt.objects.select_related("plan").filter(plan__child=child, public_id=public_id).first()
