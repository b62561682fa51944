"""Supply and demand of all partners, week by week (EC-18). Figures without people; everybody on our staff may see them."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from catalog.capacity.drawing import week_bars
from catalog.capacity.selectors import capacity_report
from catalog.capacity.table import csv_response
from marketplace.accounts.access import role_required
from marketplace.accounts.enums import Role

WEEK = timedelta(days=7)


@require_GET
@role_required(Role.STAFF)
def capacity(request: HttpRequest) -> HttpResponse:
    """One week, and the three before it."""
    monday = _monday(request)
    report = capacity_report(monday=monday)
    context = {
        "page": "capacity",
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "previous": monday - WEEK,
        "next": monday + WEEK,
        "report": report,
        "bars": week_bars(report.weeks),
    }
    return render(request, "backoffice/capacity.html", context)


@require_GET
@role_required(Role.STAFF)
def capacity_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same as a table for a spreadsheet."""
    return csv_response(capacity_report(monday=_monday(request)))


def _monday(request: HttpRequest) -> date:
    """The Monday of the day in ?on=, of today where none or a wrong one is given."""
    try:
        on = date.fromisoformat(request.GET.get("on") or "")
    except ValueError:
        on = timezone.localdate()
    return on - timedelta(days=on.weekday())
