"""A practitioner's own statement: the sessions they held, month by month."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from ..access import portal_view
from ..dates import chosen_date
from ..own_month import own_month
from ..rules import Portal


@require_GET
@never_cache
@portal_view
def own_sessions(request: HttpRequest, portal: Portal) -> HttpResponse:
    """One month; what the organisation pays for it is agreed between the two."""
    context = {"portal": portal, "page": "own_sessions", "month": own_month(portal, chosen_date(request))}
    return render(request, "clinics/own_sessions.html", context)
