"""The dashboard, complaints and incidents: the newest signed reports, in words."""

import json
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from marketplace.accounts.access import role_required
from marketplace.accounts.enums import Role
from partners.oversight.enums import ReportKind
from partners.oversight.models import SignedReport
from partners.oversight.selectors.reports import latest_reports
from partners.oversight.wording import ReadSection, read_sections

_COMPLAINTS = ("complaints", "causes", "clocks")
_INCIDENTS = ("incidents", "causes", "disputes")


@require_safe
@role_required(Role.OVERSEER)
def home(request: HttpRequest) -> HttpResponse:
    """Supply and demand of a week: the newest, or the one asked for."""
    return render(request, "oversight/home.html", _page("home", ReportKind.WEEK, request, ()))


@require_safe
@role_required(Role.OVERSEER)
def complaints(request: HttpRequest) -> HttpResponse:
    """A month's complaints, their causes, and whether promises were kept."""
    return render(request, "oversight/complaints.html", _page("complaints", ReportKind.MEETING, request, _COMPLAINTS))


@require_safe
@role_required(Role.OVERSEER)
def incidents(request: HttpRequest) -> HttpResponse:
    """A month's incidents, each with the side that answers for it."""
    return render(request, "oversight/incidents.html", _page("incidents", ReportKind.MEETING, request, _INCIDENTS))


@require_safe
@role_required(Role.OVERSEER)
def revenue(request: HttpRequest) -> HttpResponse:
    """A month's income from youth services beside the ledger's own sums."""
    return render(request, "oversight/revenue.html", _page("revenue", ReportKind.REVENUE, request, ()))


def _page(page: str, kind: ReportKind, request: HttpRequest, keys: tuple[str, ...]) -> dict[str, Any]:
    reports = latest_reports(kind)
    report = _chosen(reports, request.GET.get("from", ""))
    return {
        "page": page,
        "kind": kind,
        "reports": reports,
        "report": report,
        "sections": _sections(report, keys) if report else [],
    }


def _chosen(reports: list[SignedReport], written: str) -> SignedReport | None:
    try:
        wanted: date | None = parse_date(written)
    except ValueError:  # well written, and no day
        wanted = None
    return next((report for report in reports if report.from_on == wanted), reports[0] if reports else None)


def _sections(report: SignedReport, keys: tuple[str, ...]) -> list[ReadSection]:
    return [section for section in read_sections(json.loads(report.content)) if not keys or section.key in keys]
