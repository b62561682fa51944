"""Registers: models and their approvals, agreements and their duties, pilots."""

import json
from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.mediation.enums import CaseState, Side
from catalog.mediation.enums import Topic as DisputeTopic
from catalog.mediation.selectors import mediated_cases
from marketplace.accounts.access import role_required
from marketplace.accounts.enums import Role
from marketplace.core.model_register.selectors import register_entries
from marketplace.core.pilots.models import Pilot
from partners.oversight.models import Accord
from partners.oversight.selectors.reports import pilot_weeks
from partners.oversight.views.reports import saved_file


@require_safe
@role_required(Role.OVERSEER)
def disputes(request: HttpRequest) -> HttpResponse:
    """Disputes that were handed to the authority, with their clocks: no persons, and none of their words."""
    rows = [
        (case, CaseState(case.state).label, DisputeTopic(case.topic).label, _side(case.responsible))
        for case in mediated_cases()
    ]
    return render(request, "oversight/disputes.html", {"page": "disputes", "rows": rows})


def _side(responsible: str) -> str:
    return str(Side(responsible).label) if responsible else ""


@require_safe
@role_required(Role.OVERSEER)
def models(request: HttpRequest) -> HttpResponse:
    """Which models the house has, and by which approval each is served."""
    return render(request, "oversight/models.html", {"page": "models", "entries": register_entries()})


@require_safe
@role_required(Role.OVERSEER)
def accords(request: HttpRequest) -> HttpResponse:
    """Agreements of four, and whose duty what is."""
    found = Accord.objects.prefetch_related("duties")
    return render(request, "oversight/accords.html", {"page": "accords", "accords": found})


@require_safe
@role_required(Role.OVERSEER)
def pilots(request: HttpRequest) -> HttpResponse:
    """What is tried out where."""
    today = timezone.localdate()
    rows = [(pilot, pilot.is_running(today)) for pilot in Pilot.objects.all()]
    return render(request, "oversight/pilots.html", {"page": "pilots", "rows": rows})


@require_safe
@role_required(Role.OVERSEER)
def pilot_export(request: HttpRequest, slug: str) -> HttpResponse:
    """What whoever evaluates a pilot needs: week by week, where it runs and elsewhere."""
    pilot = get_object_or_404(Pilot, slug=slug)
    content = {
        "pilot": pilot.slug,
        "title": pilot.title,
        "purpose": pilot.purpose,
        "districts": pilot.districts,
        "evaluated_by": pilot.evaluated_by,
        "from": pilot.begins_on.isoformat(),
        "until": pilot.ends_on.isoformat(),
        "stopped": pilot.stopped_at is not None,
        "weeks": [asdict(week) for week in pilot_weeks(pilot)],
    }
    body = json.dumps(content, ensure_ascii=False, indent=1).encode()
    return saved_file(body, "application/json", f"xinqiao-pilot-{pilot.slug}.json")
