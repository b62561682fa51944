"""Signed reports: the list, one of them with its signature checked, and its three files."""

import json
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from marketplace.accounts.access import role_required
from marketplace.accounts.enums import Role
from marketplace.core.audit import keys
from partners.oversight.enums import ReportKind
from partners.oversight.models import SignedReport
from partners.oversight.selectors.reports import all_reports, report_on
from partners.oversight.signing import is_whole, signature_file
from partners.oversight.wording import read_sections

_TYPES = {"json": "application/json", "pdf": "application/pdf", "sig": "text/plain; charset=utf-8"}


@require_safe
@role_required(Role.OVERSEER)
def reports(request: HttpRequest) -> HttpResponse:
    """Every report there is."""
    return render(request, "oversight/reports.html", {"page": "reports", "reports": all_reports()})


@require_safe
@role_required(Role.OVERSEER)
def report(request: HttpRequest, kind: str, from_on: str) -> HttpResponse:
    """One report, and whether text, paper and signature belong together."""
    found = _found(kind, from_on)
    context = {
        "page": "reports",
        "report": found,
        "is_whole": is_whole(found),
        "public_key": keys.public_key_text(),
        "sections": list(read_sections(json.loads(found.content))),
    }
    return render(request, "oversight/report.html", context)


@require_safe
@role_required(Role.OVERSEER)
def report_file(request: HttpRequest, kind: str, from_on: str, part: str) -> HttpResponse:
    """The text, the paper or the signature, byte for byte as it was signed."""
    found = _found(kind, from_on)
    if part not in _TYPES:
        raise Http404
    contents = {"json": found.content.encode(), "pdf": bytes(found.pdf), "sig": signature_file(found).encode()}
    return saved_file(contents[part], _TYPES[part], f"{found.file_name}.{part}")


def saved_file(content: bytes, content_type: str, name: str) -> HttpResponse:
    """Return a file to keep."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def day_or_404(written: str) -> date:
    """Return the day an address names."""
    try:
        day = parse_date(written)
    except ValueError:
        day = None
    if day is None:
        raise Http404
    return day


def _found(kind: str, from_on: str) -> SignedReport:
    found = report_on(ReportKind(kind), day_or_404(from_on)) if kind in ReportKind.values else None
    if found is None:
        raise Http404
    return found
