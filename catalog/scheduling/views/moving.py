"""Another time for a paid booking, chosen by the family."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace.core.errors import Refusal

from .. import rules, selectors, services
from ..enums import OccupancyKind
from ..forms import MoveForm, WeekForm
from ..models import Booking
from ..timetable import day_of
from .bookings import booking_card, booking_to_manage

DAYS_SHOWN = 7


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def booking_move(request: HttpRequest, public_id: UUID) -> HttpResponse:
    booking = booking_to_manage(request, public_id)
    if not rules.can_move(booking, now=timezone.now()):
        messages.info(request, _("这个预约现在不能在线改期了。"))
        return redirect("bookings:detail", public_id)
    form = MoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.move_booking(booking_id=booking.pk, starts_at=form.cleaned_data["slot"], moved_by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已经改到新的时间，付款保持不变。"))
            return redirect("bookings:detail", public_id)
    status = 422 if form.errors else 200
    return render(request, "bookings/move.html", _week(request, booking) | {"form": form}, status=status)


def _week(request: HttpRequest, booking: Booking) -> dict[str, Any]:
    """The free times of the booking's provider, seven days from the one asked for."""
    today = day_of(int(timezone.now().timestamp()))
    last = today + timedelta(days=booking.service.horizon_days)
    week = WeekForm(request.GET)
    asked = week.cleaned_data["week"] if week.is_valid() else None
    first = min(max(asked or _first_day(booking, today), today), last)
    days = [first + timedelta(days=offset) for offset in range(DAYS_SHOWN)]
    slots = _slots_by_day(booking, days)
    earlier, later = max(first - timedelta(days=DAYS_SHOWN), today), first + timedelta(days=DAYS_SHOWN)
    return booking_card(booking, timezone.now()) | {
        "days": [{"date": day, "slots": slots.get(day, [])} for day in days],
        "open_day": next((index for index, day in enumerate(days) if slots.get(day)), 0),
        "has_slots": bool(slots),
        "earlier": earlier if first > today else None,
        "later": later if later <= last else None,
    }


def _first_day(booking: Booking, today: date) -> date:
    """Begin with the booking's own week, where most people look first."""
    return max(today, day_of(int(booking.occupancy.starts_at.timestamp())) - timedelta(days=2))


def _slots_by_day(booking: Booking, days: list[date]) -> dict[date, list[dict[str, Any]]]:
    occupancy = booking.occupancy
    own = occupancy.pk if occupancy.kind != OccupancyKind.GROUP else None
    slots = selectors.open_slots(
        service=booking.service, from_on=days[0], to_on=days[-1], provider=occupancy.provider, ignoring=own
    )
    found: dict[date, list[dict[str, Any]]] = {}
    for slot in slots:
        if slot.starts_at != occupancy.starts_at and booking.mode in slot.modes:
            item = {"starts_at": slot.starts_at, "is_free": True, "value": slot.starts_at.isoformat()}
            found.setdefault(slot.starts_at.date(), []).append(item)
    return found
