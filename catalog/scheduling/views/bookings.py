"""A family's bookings. Whoever is not family gets 404: that a booking exists is nobody else's business."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from .. import rules, selectors, services
from ..calendar_file import calendar_file
from ..enums import BookingStatus, OccupancyKind
from ..models import Booking

PER_PAGE = 20
STATUS_KINDS: dict[str, str] = {
    BookingStatus.PENDING: "wait",
    BookingStatus.PROPOSED: "wait",
    BookingStatus.BOOKED: "good",
    BookingStatus.NOSHOW: "note",
}


def own_booking(request: HttpRequest, public_id: UUID, sight: selectors.FamilySight | None = None) -> Booking:
    sight = sight or selectors.family_sight(request.user)
    try:
        booking = selectors.booking_for_user(request.user, public_id, sight=sight)
    except Booking.DoesNotExist:
        raise Http404 from None
    services.note_bookings_seen([booking], sight)
    return selectors.with_sight([booking], sight)[0]


def booking_to_manage(request: HttpRequest, public_id: UUID) -> Booking:
    """A booking this person may move: as whoever booked it, or as a guardian who sees what it is."""
    booking = own_booking(request, public_id)
    if not _may_manage(request, booking):
        raise Http404
    return booking


def _may_manage(request: HttpRequest, booking: Booking) -> bool:
    is_anothers = booking.child.account_id == request.user.pk and booking.booked_by_id != request.user.pk
    return booking.shows_detail and not is_anothers


def booking_card(booking: Booking, now: datetime) -> dict[str, Any]:
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
        "can_cancel": booking.status in rules.PAID_AHEAD and rules.can_cancel(booking, now=now),
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
    cards = [booking_card(booking, now) for booking in selectors.with_sight(page, sight)]
    services.note_bookings_seen(page, sight)
    return render(request, "bookings/list.html", {"cards": cards, "page": page, "tabs": tabs, "past": past})


@require_GET
@login_required
@never_cache
def booking_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    now = timezone.now()
    sight = selectors.family_sight(request.user, now=now)
    booking = own_booking(request, public_id, sight)
    may_manage = _may_manage(request, booking)
    free_until = rules.free_change_until(booking)
    context = booking_card(booking, now) | {
        "free_until": free_until,
        "is_free_still": free_until is not None and now <= free_until,
        "lies_ahead": now < booking.occupancy.starts_at,
        "is_group": booking.occupancy.kind == OccupancyKind.GROUP,
        "is_mine": booking.booked_by_id == request.user.pk,
        "is_paid_ahead": booking.status in rules.PAID_AHEAD,
        "may_manage": may_manage,
        "is_own": booking.child.account_id == request.user.pk and not may_manage,
        "other_modes": services.modes_to_switch_to(booking, now=now) if may_manage else [],
        "in_series": _others(request, booking, "series_id", sight),
        "taken_together": _others(request, booking, "together_id", sight),
    }
    return render(request, "bookings/detail.html", context)


def _others(request: HttpRequest, booking: Booking, by: str, sight: selectors.FamilySight) -> Iterable[Booking]:
    """The bookings of the same series, or taken together with this one, that this person may know of; itself included."""
    shared = getattr(booking, by)
    if shared is None:
        return []
    found = selectors.bookings_for_family(request.user, sight=sight).filter(**{by: shared})
    rows = selectors.with_sight(found.order_by("starts_at", "pk"), sight)
    services.note_bookings_seen([row for row in rows if row.pk != booking.pk], sight)
    return rows if len(rows) > 1 else []


@require_GET
@login_required
@never_cache
def booking_calendar(request: HttpRequest, public_id: UUID) -> HttpResponse:
    booking = own_booking(request, public_id)
    content = calendar_file(booking, now=timezone.now())
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="xinqiao.ics"'},
    )
