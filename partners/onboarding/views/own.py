"""One's own application, or nothing; and what every page of it shows."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from marketplace.accounts.access import role_required
from marketplace.accounts.enums import Role

from ..enums import Step
from ..models import Application
from ..selectors import applications_of
from ..services.submitting import faults_of

applicant_required = role_required(Role.PARTNER_STAFF)


def own_application(request: HttpRequest, public_id: UUID) -> Application:
    """Return the visitor's own application; 404 for everybody else's."""
    found = applications_of(request.user).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def open_application(request: HttpRequest, public_id: UUID) -> Application:
    """Return one that may still be changed; 404 for one that our reviewers have, so that no form is filled in vain."""
    found = own_application(request, public_id)
    if not found.is_open:
        raise Http404
    return found


def framed(application: Application, step: str = "") -> dict[str, Any]:
    """What the frame of a step shows: the steps, which of them are whole, and where one is."""
    faults = faults_of(application)
    return {"application": application, "step": step, "faults": faults, "steps": _steps(application, step, faults)}


def next_url(application: Application, step: Step) -> str:
    """Return the address of the step after this one; the overview after the last."""
    order = list(Step)
    place = order.index(step) + 1
    name = order[place].value if place < len(order) else "application"
    return reverse(f"onboarding:{name}", args=[application.public_id])


def _steps(application: Application, step: str, faults: dict[Step, list[str]]) -> list[dict[str, Any]]:
    return [
        {
            "label": each.label,
            "state": "now" if each == step else "todo" if each in faults else "done",
            "href": reverse(f"onboarding:{each.value}", args=[application.public_id]),
        }
        for each in Step
    ]
