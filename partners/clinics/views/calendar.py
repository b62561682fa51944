"""Today and the week: who comes when, and whether they came."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.order.services import cancel_booked_line
from catalog.scheduling.enums import CancelledBy, OccupancyKind
from catalog.scheduling.models import Booking, Provider
from catalog.scheduling.services import mark_attendance
from marketplace.core.errors import Refusal

from ..access import booking_of, portal_view
from ..dates import chosen_date, monday_of
from ..rules import Portal
from ..selectors import occupancies_between, open_notes, reservations_between, week_of
from ..sights import WEEK_ITEMS, look_at_bookings, places_of


def _chosen_provider(request: HttpRequest, portal: Portal) -> Provider | None:
    public_id = request.GET.get("provider")
    try:
        return portal.providers().filter(public_id=UUID(public_id)).first() if public_id else None
    except ValueError:
        return None


@require_GET
@portal_view
def day(request: HttpRequest, portal: Portal) -> HttpResponse:
    """One day's sessions, in the order in which they begin."""
    on = chosen_date(request)
    occupancies = [
        occupancy
        for occupancy in occupancies_between(portal, on, on)
        if occupancy.places or occupancy.kind == OccupancyKind.GROUP
    ]
    look_at_bookings(portal, places_of(occupancies))
    open_notes(occupancies)
    context = {
        "portal": portal,
        "page": "day",
        "on": on,
        "today": timezone.localdate(),
        "previous": on - timedelta(days=1),
        "next": on + timedelta(days=1),
        "occupancies": occupancies,
        "reservations": reservations_between(portal, on, on),
        "now": timezone.now(),
    }
    return render(request, "clinics/day.html", context)


@require_GET
@portal_view
def week(request: HttpRequest, portal: Portal) -> HttpResponse:
    """Seven days beside one another, of one provider or of all."""
    monday = monday_of(chosen_date(request))
    chosen = _chosen_provider(request, portal)
    providers = list(portal.providers())
    shown = week_of(portal, monday, chosen)
    look_at_bookings(portal, shown.bookings, WEEK_ITEMS)
    context = {
        "portal": portal,
        "page": "week",
        "week": shown,
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "previous": monday - timedelta(days=7),
        "next": monday + timedelta(days=7),
        "providers": providers,
        "chosen": chosen,
        "is_of_many": len(providers) > 1 and not chosen,
        "now": timezone.now(),
    }
    return render(request, "clinics/week.html", context)


def _back_to(booking: Booking) -> HttpResponse:
    on = timezone.localtime(booking.occupancy.starts_at).date()
    return redirect(f"{reverse('clinics:day')}?on={on.isoformat()}")


@require_POST
@portal_view
def attendance(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Say whether a session was held."""
    booking = booking_of(portal, public_id)
    try:
        mark_attendance(booking_id=booking.pk, attended=request.POST.get("attended") == "yes", marked_by=portal.user)
        messages.success(request, _("已记录。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return _back_to(booking)


@require_http_methods(["GET", "POST"])
@portal_view
def cancel(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Cancel a session from the provider's side: the family is told, and gets everything back."""
    booking = booking_of(portal, public_id)
    if request.method == "POST":
        try:
            cancel_booked_line(booking_id=booking.pk, cancelled_by=CancelledBy.PROVIDER, initiator=portal.user)
            messages.success(request, _("已取消，全额退款已发起，并通知了家庭。"))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return _back_to(booking)
    return render(request, "clinics/cancel.html", {"portal": portal, "page": "day", "booking": booking})
