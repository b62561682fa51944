"""Reading signed reports."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from marketplace.core.pilots.models import Pilot

from ..enums import ReportKind
from ..models import SignedReport
from ..sections import ALL, Cell, Section, read_section

#: How many weeks back the pages lead.
LATEST = 12


def latest_reports(kind: ReportKind, number: int = LATEST) -> list[SignedReport]:
    """Return the newest reports of a kind without their paper, the newest first."""
    return list(SignedReport.objects.filter(kind=kind).defer("pdf").order_by("-from_on")[:number])


def all_reports() -> list[SignedReport]:
    """Return every report without its content."""
    return list(SignedReport.objects.defer("pdf", "content").order_by("-from_on", "kind"))


def report_on(kind: ReportKind, from_on: date) -> SignedReport | None:
    """Return the report of the span that begins on a day."""
    return SignedReport.objects.filter(kind=kind, from_on=from_on).first()


@dataclass(frozen=True)
class PilotWeek:
    """One week of a pilot: children who came where it runs, and elsewhere; None is withheld."""

    monday: str
    inside: int | None
    outside: int | None
    hours_inside: int | None
    hours_outside: int | None


def pilot_weeks(pilot: Pilot) -> list[PilotWeek]:
    """Return what the weekly reports said while a pilot ran. Withheld parts withhold their sum."""
    found = SignedReport.objects.filter(
        kind=ReportKind.WEEK, from_on__gte=pilot.begins_on, until_on__lte=pilot.ends_on
    ).defer("pdf")
    return [_pilot_week(pilot, report, json.loads(report.content)) for report in found.order_by("from_on")]


def _pilot_week(pilot: Pilot, report: SignedReport, content: Mapping[str, Any]) -> PilotWeek:
    demand, supply = read_section(content, "demand"), read_section(content, "supply")
    asked = _by_district(demand)
    hours: dict[str, Cell] = {str(row[0]): row[3] for row in supply.rows} if supply else {}
    here = set(pilot.districts)
    return PilotWeek(
        report.from_on.isoformat(),
        _summed([asked[name] for name in asked if name in here]),
        _summed([asked[name] for name in asked if name not in here]),
        _summed([hours[name] for name in hours if name in here]),
        _summed([hours[name] for name in hours if name not in here]),
    )


def _by_district(demand: Section | None) -> dict[str, Cell]:
    sums = next((row for row in demand.rows if row[0] == ALL), None) if demand else None
    if demand is None or sums is None:
        return {}
    return {name: cell for name, cell in zip(demand.columns, sums[1:], strict=True) if name != ALL}


def _summed(cells: Sequence[Cell]) -> int | None:
    numbers = [cell for cell in cells if isinstance(cell, int)]
    return sum(numbers) if len(numbers) == len(cells) else None
