"""A family's bookings. Whoever is not family gets 404: that a booking exists is nobody else's business."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from marketplace.core.errors import Refusal

from . import rules, selectors, services
from .calendar_file import calendar_file
from .enums import BookingStatus, OccupancyKind
from .forms import MoveForm, WeekForm
from .models import Booking
from .timetable import day_of

PER_PAGE = 20
DAYS_SHOWN = 7
STATUS_KINDS: dict[str, str] = {
    BookingStatus.PENDING: "wait",
    BookingStatus.BOOKED: "good",
    BookingStatus.NOSHOW: "note",
}


def _own_booking(request: HttpRequest, public_id: UUID, sight: selectors.FamilySight | None = None) -> Booking:
    sight = sight or selectors.family_sight(request.user)
    try:
        booking = selectors.booking_for_user(request.user, public_id, sight=sight)
    except Booking.DoesNotExist:
        raise Http404 from None
    services.note_bookings_seen([booking], sight)
    return selectors.with_sight([booking], sight)[0]


def _booking_to_manage(request: HttpRequest, public_id: UUID) -> Booking:
    """A booking this person may move: as whoever booked it, or as a guardian who sees what it is."""
    booking = _own_booking(request, public_id)
    is_anothers = booking.child.account_id == request.user.pk and booking.booked_by_id != request.user.pk
    if not booking.shows_detail or is_anothers:
        raise Http404
    return booking


def _card(booking: Booking, now: datetime) -> dict[str, Any]:
    """What a page shows of a booking beside its own fields."""
    held_until = booking.held_until
    hold_ended = booking.status == BookingStatus.PENDING and held_until is not None and held_until <= now
    return {
        "booking": booking,
        "occupancy": booking.occupancy,
        "provider": booking.occupancy.provider,
        "status_label": _("保留已到期") if hold_ended else booking.get_status_display(),
        "status_kind": "" if hold_ended else STATUS_KINDS.get(booking.status, ""),
        "is_held": booking.status == BookingStatus.PENDING and not hold_ended,
        "can_cancel": booking.status == BookingStatus.BOOKED and rules.can_cancel(booking, now=now),
        "can_move": rules.can_move(booking, now=now),
    }


@require_GET
@login_required
@never_cache
def booking_list(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    past = request.GET.get("when") == "past"
    sight = selectors.family_sight(request.user, now=now)
    bookings = (selectors.past_bookings if past else selectors.upcoming_bookings)(request.user, now=now, sight=sight)
    page = Paginator(bookings, PER_PAGE).get_page(request.GET.get("page"))
    here = reverse("bookings:list")
    tabs = [
        {"label": _("接下来"), "href": here, "on": not past},
        {"label": _("过去的"), "href": f"{here}?when=past", "on": past},
    ]
    cards = [_card(booking, now) for booking in selectors.with_sight(page, sight)]
    services.note_bookings_seen(page, sight)
    return render(request, "bookings/list.html", {"cards": cards, "page": page, "tabs": tabs, "past": past})


@require_GET
@login_required
@never_cache
def booking_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    booking = _own_booking(request, public_id)
    is_own = booking.child.account_id == request.user.pk
    now = timezone.now()
    free_until = rules.free_change_until(booking)
    context = _card(booking, now) | {
        "free_until": free_until,
        "is_free_still": free_until is not None and now <= free_until,
        "lies_ahead": now < booking.occupancy.starts_at,
        "is_group": booking.occupancy.kind == OccupancyKind.GROUP,
        "is_mine": booking.booked_by_id == request.user.pk,
        "may_manage": booking.shows_detail and not is_own,
        "is_own": is_own,
    }
    return render(request, "bookings/detail.html", context)


@require_GET
@login_required
@never_cache
def booking_calendar(request: HttpRequest, public_id: UUID) -> HttpResponse:
    booking = _own_booking(request, public_id)
    content = calendar_file(booking, now=timezone.now())
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="xinqiao.ics"'},
    )


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def booking_move(request: HttpRequest, public_id: UUID) -> HttpResponse:
    booking = _booking_to_manage(request, public_id)
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
    return _card(booking, timezone.now()) | {
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
