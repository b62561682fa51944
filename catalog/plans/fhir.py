"""A plan as FHIR (R4): CarePlan, Goal, and a ServiceRequest for each step that asks for a session.

https://hl7.org/fhir/R4/careplan.html: an activity has a reference or a detail, never both; what came of it stands in
outcomeReference. Appointment.basedOn names the ServiceRequest, which is based on the CarePlan.
"""

from collections.abc import Collection
from typing import Any

from catalog.scheduling.models import Booking

from .enums import GoalStatus, PlanStatus, StepStatus
from .models import CarePlan, PlanGoal, PlanStep, StepBooking

#: https://hl7.org/fhir/R4/valueset-request-status.html
_REQUEST_STATUS = {StepStatus.COMPLETED: "completed", StepStatus.CANCELLED: "revoked"}


def care_plan(plan: CarePlan) -> list[dict[str, Any]]:
    """Return a loaded plan, its goals and its requests as resources."""
    period = {"start": (plan.started_at or plan.begun_at).isoformat()}
    if plan.ended_at:
        period["end"] = plan.ended_at.isoformat()
    goals, steps = list(plan.goals.all()), list(plan.steps.all())
    found: dict[str, Any] = {
        "resourceType": "CarePlan",
        "id": str(plan.public_id),
        "status": PlanStatus(plan.status).value,
        "intent": "plan",
        "title": plan.title,
        "subject": _patient(plan),
        "period": period,
        "created": plan.begun_at.isoformat(),
        "author": {"display": f"{plan.provider.name} · {plan.provider.partner.name}"},
        "goal": [{"reference": f"Goal/{goal.public_id}"} for goal in goals],
        "activity": [_activity(step) for step in steps],
    }
    if plan.about:
        found["description"] = plan.about
    requests = [_request(plan, step) for step in steps if step.service_id]
    return [found, *(_goal(plan, goal) for goal in goals), *requests]


def _patient(plan: CarePlan) -> dict[str, str]:
    return {"reference": f"Patient/{plan.child.public_id}"}


def _goal(plan: CarePlan, goal: PlanGoal) -> dict[str, Any]:
    return {
        "resourceType": "Goal",
        "id": str(goal.public_id),
        "lifecycleStatus": GoalStatus(goal.status).value,
        "description": {"text": goal.text},
        "subject": _patient(plan),
    }


def _activity(step: PlanStep) -> dict[str, Any]:
    if not step.service_id:
        return {"detail": {"status": StepStatus(step.status).value, "description": step.text}}
    made = [{"reference": f"Appointment/{link.booking.public_id}"} for link in step.step_bookings.all()]
    found: dict[str, Any] = {"reference": {"reference": reference_of(step)}}
    return found | ({"outcomeReference": made} if made else {})


def _request(plan: CarePlan, step: PlanStep) -> dict[str, Any]:
    found: dict[str, Any] = {
        "resourceType": "ServiceRequest",
        "id": str(step.public_id),
        "basedOn": [{"reference": f"CarePlan/{plan.public_id}"}],
        "status": _REQUEST_STATUS.get(StepStatus(step.status), "active"),
        "intent": "plan",
        "subject": _patient(plan),
        "authoredOn": step.asked_at.isoformat(),
        "code": {"text": step.text},
    }
    if step.needed_by:
        found["occurrencePeriod"] = {"end": step.needed_by.isoformat()}
    return found


def reference_of(step: PlanStep) -> str:
    """Return how other resources name a step that asks for a session."""
    return f"ServiceRequest/{step.public_id}"


def basis_of(bookings: Collection[Booking]) -> dict[int, str]:
    """Return what these bookings are based on, by their ids: for Appointment.basedOn. One query."""
    made = StepBooking.objects.filter(booking__in=bookings).select_related("step")
    return {link.booking_id: reference_of(link.step) for link in made}
