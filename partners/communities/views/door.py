"""At the door of an activity: people show a number and are noted as there. Nobody's name is asked for or shown."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace.core.errors import Refusal

from .. import selectors, services
from ..access import community_view
from ..forms import NumberForm
from ..rules import Portal
from .plans import activity_of


@require_http_methods(["GET", "POST"])
@never_cache
@community_view
def door(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Type in a number; see how many are there."""
    activity = activity_of(portal, public_id)
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            seen = services.check_in(activity=activity, number=form.cleaned_data["number"])
        except Refusal as refusal:
            form.add_error("number", str(refusal))
        else:
            words = ngettext("%(seats)s 人，请进。", "%(seats)s 人，请进。", seen.seats) % {"seats": seen.seats}
            messages.success(request, words)
            return redirect("communities:door", public_id)
    context = {
        "portal": portal,
        "page": "doors",
        "activity": activity,
        "form": form,
        "attendance": selectors.attendance_of(activity),
    }
    return render(request, "communities/door.html", context, status=400 if form.errors else 200)


@community_view
def doors(request: HttpRequest, portal: Portal) -> HttpResponse:
    """Which activities are today or soon, for whoever stands at the door."""
    rows = selectors.activities_at_the_door(portal.partner)
    return render(request, "communities/doors.html", {"portal": portal, "page": "doors", "rows": rows})
