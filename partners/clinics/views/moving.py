"""Moving a session: by a form, which dragging in the week only fills in. Nothing moves before somebody says so."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.scheduling.enums import OccupancyKind
from catalog.scheduling.models import Occupancy
from catalog.scheduling.selectors import Slot, open_slots
from catalog.scheduling.services import move_session
from marketplace.core.errors import Refusal

from ..access import portal_view
from ..moving_form import MoveForm, move_initial
from ..rules import Portal
from ..selectors import sessions_of
from ..sights import look_at_bookings, places_of

#: So many free times are proposed, of so many days around the new one.
PROPOSED, AROUND = 12, timedelta(days=3)


@require_http_methods(["GET", "POST"])
@portal_view
def move(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Move a session with everybody in it to another time; its families are told."""
    session = session_of(portal, public_id)
    form = MoveForm(request.POST or None, initial=move_initial(request.GET.get("to"), session.starts_at))
    if request.method == "POST" and form.is_valid():
        starts_at = form.cleaned_data["starts_at"]
        try:
            move_session(occupancy_id=session.pk, starts_at=starts_at, moved_by=portal.user)
            messages.success(request, _("已改时间，并告诉了家庭。"))
            return redirect(f"{reverse('clinics:day')}?on={form.cleaned_data['on'].isoformat()}")
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {
        "portal": portal,
        "page": "week",
        "session": session,
        "form": form,
        "slots": _free_times(session, form) if session.kind == OccupancyKind.INDIVIDUAL else (),
    }
    return render(request, "clinics/move.html", context)


def session_of(portal: Portal, public_id: UUID) -> Occupancy:
    """Return one session of the portal's providers with its `places` looked at; 404 where the door no longer opens it."""
    session = get_object_or_404(sessions_of(portal), public_id=public_id)
    places = places_of([session])
    look_at_bookings(portal, places)
    if session.kind == OccupancyKind.INDIVIDUAL and not any(place.sight.when for place in places):  # type: ignore[attr-defined]
        raise Http404
    return session


def _free_times(session: Occupancy, form: MoveForm) -> list[Slot]:
    """The provider's free times around the wanted day, in whose hours the session fits."""
    wanted = form.initial["on"]
    first = max(wanted - AROUND, timezone.localdate())
    found = open_slots(
        service=session.service,
        from_on=first,
        to_on=first + 2 * AROUND,
        provider=session.provider,
        ignoring=session.pk,
    )
    return [slot for slot in found if slot.starts_at != session.starts_at][:PROPOSED]
