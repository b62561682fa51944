"""Bookings that no longer fit the hours, rooms or other calendars: they stay until somebody moves or cancels them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from catalog.scheduling.selectors import conflicts_of

from ..access import portal_view
from ..rules import Portal
from ..sights import look_at_bookings


@require_GET
@portal_view
def conflicts(request: HttpRequest, portal: Portal) -> HttpResponse:
    """All of the portal's providers' conflicts, by time."""
    found = conflicts_of(list(portal.providers()))
    look_at_bookings(portal, [conflict.booking for conflict in found])
    return render(request, "clinics/conflicts.html", {"portal": portal, "page": "conflicts", "conflicts": found})
