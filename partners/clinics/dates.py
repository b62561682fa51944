"""The day a page of the portal is asked for."""

from datetime import date, timedelta

from django.http import HttpRequest
from django.utils import timezone


def chosen_date(request: HttpRequest) -> date:
    """Return the day in ?on=, today where none or a wrong one is given."""
    try:
        return date.fromisoformat(request.GET.get("on") or "")
    except ValueError:
        return timezone.localdate()


def monday_of(on: date) -> date:
    """Return the first day of a day's week."""
    return on - timedelta(days=on.weekday())


def week_context(on: date) -> dict[str, date]:
    """Return what a page of one week shows of its days: its Monday and Sunday, and the Mondays before and after."""
    monday, week = monday_of(on), timedelta(days=7)
    return {"monday": monday, "sunday": monday + timedelta(days=6), "previous": monday - week, "next": monday + week}
