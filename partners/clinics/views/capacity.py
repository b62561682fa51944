"""The organisation's week in figures: how full it was, how often it was shown, how many wait. Without people."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from catalog.capacity.drawing import week_bars
from catalog.capacity.selectors import capacity_report
from catalog.capacity.table import csv_response

from ..access import manager_view
from ..dates import chosen_date, week_context
from ..rules import Portal


@require_GET
@manager_view
def capacity(request: HttpRequest, portal: Portal) -> HttpResponse:
    """One week, and the three before it."""
    context = {"portal": portal, "page": "capacity", **week_context(chosen_date(request))}
    report = capacity_report([portal.partner], monday=context["monday"])
    context |= {"report": report, "bars": week_bars(report.weeks)}
    return render(request, "clinics/capacity.html", context)


@require_GET
@manager_view
def capacity_csv(request: HttpRequest, portal: Portal) -> StreamingHttpResponse:
    """The same as a table for a spreadsheet."""
    monday = week_context(chosen_date(request))["monday"]
    return csv_response(capacity_report([portal.partner], monday=monday))
