"""Row locks of plans: after bookings and waiting lists; a plan before its steps."""

from .models import CarePlan, PlanStep


def locked_plan(plan_id: int) -> CarePlan:
    """Return a plan, locked and read after the lock. Raises CarePlan.DoesNotExist."""
    plans = CarePlan.objects.select_for_update(of=("self",), no_key=True)
    return plans.select_related("provider__partner", "child").get(pk=plan_id)


def locked_step(step_id: int) -> PlanStep:
    """Return a step, locked and read after the lock: of two bookings for it one counts. Raises PlanStep.DoesNotExist."""
    steps = PlanStep.objects.select_for_update(of=("self",), no_key=True)
    return steps.select_related("plan__child", "plan__provider", "waitlist_entry").get(pk=step_id)
