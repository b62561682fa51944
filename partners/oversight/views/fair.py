"""The public page of fairness: how listings are ordered, and each week's figures, for everybody to compute again."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners.oversight.enums import ReportKind
from partners.oversight.selectors.reports import latest_reports, report_on
from partners.oversight.signing import signature_file
from partners.oversight.views.reports import day_or_404, saved_file
from partners.oversight.wording import read_sections


@require_safe
def fair(request: HttpRequest) -> HttpResponse:
    """The rule, the newest week, and all weeks as files."""
    reports = latest_reports(ReportKind.FAIRNESS)
    sections = list(read_sections(json.loads(reports[0].content))) if reports else []
    context = {"reports": reports, "report": reports[0] if reports else None, "sections": sections}
    return render(request, "oversight/fair.html", context)


@require_safe
def fair_file(request: HttpRequest, from_on: str, part: str) -> HttpResponse:
    """One week: its rows and figures, or the signature."""
    found = report_on(ReportKind.FAIRNESS, day_or_404(from_on))
    if found is None or part not in ("json", "sig"):
        raise Http404
    if part == "sig":
        return saved_file(signature_file(found).encode(), "text/plain; charset=utf-8", f"{found.file_name}.sig")
    return saved_file(found.content.encode(), "application/json", f"{found.file_name}.json")
