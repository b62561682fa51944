"""The calendar, bookings, whether somebody came, and cancelling from the organisation's side."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Header

from catalog.order.services import cancel_booked_line
from catalog.scheduling.enums import BookingStatus, CancelledBy
from catalog.scheduling.models import Booking, Occupancy
from catalog.scheduling.services import mark_attendance

from .. import selectors
from ..enums import Scope
from ..models import ApiKey
from ..sights import Sight, seen_bookings
from . import words
from .keys import Key, key_of
from .once import NAME, done_once
from .pages import DEFAULT, page_of
from .site import PROBLEMS, api

#: What a program can ask for: holds are not listed.
Listed = words.one_of("BookingStatusListed", [s.value for s in BookingStatus if s != BookingStatus.PENDING])


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(words.within(day), time.min))


def _session(row: Occupancy) -> words.Session:
    return words.Session(
        id=row.public_id,
        provider=row.provider.public_id,
        service=row.service.product_id if row.service else None,
        kind=row.kind,
        busy_from=row.busy_from,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        busy_until=row.busy_until,
        seats=row.seats,
        seats_taken=row.seats_taken,
    )


@api.get(
    "/calendar",
    auth=Key(Scope.CALENDAR_READ),
    response={200: words.Calendar, **PROBLEMS},
    tags=["calendar"],
    operation_id="list_calendar",
)
def list_calendar(
    request: HttpRequest,
    from_on: words.Day | None = None,
    days: words.Month = 7,
    provider: words.Id | None = None,
    cursor: words.Id | None = None,
    limit: words.Limit = DEFAULT,
) -> words.Calendar:
    """List when providers are busy from a day on (Shanghai's; today unless said), the earliest first."""
    begin = _midnight(from_on or timezone.localdate())
    rows = selectors.sessions_of(key_of(request).partner).filter(
        starts_at__gte=begin, starts_at__lt=begin + timedelta(days=days)
    )
    if provider:
        rows = rows.filter(provider__public_id=provider)
    found, more = page_of(rows, by="starts_at", cursor=cursor, limit=limit, newest_first=False)
    return words.Calendar(items=[_session(row) for row in found], next=more)


def _booking(sight: Sight) -> words.Booking:
    booking = sight.booking
    return words.Booking(
        id=booking.public_id,
        status=booking.status,
        starts_at=booking.occupancy.starts_at,
        ends_at=booking.occupancy.ends_at,
        mode=booking.mode,
        attendee=booking.attendee,
        provider=booking.occupancy.provider.public_id,
        service=booking.service.product_id if sight.detail else None,
        session=booking.occupancy.public_id,
        cancelled_by=booking.cancelled_by or None,
        created_at=booking.created_at,
        client=words.Client(id=booking.child.public_id, name=booking.child.nickname) if sight.who else None,
    )


@api.get(
    "/bookings",
    auth=Key(Scope.BOOKINGS_READ),
    response={200: words.Bookings, **PROBLEMS},
    tags=["bookings"],
    operation_id="list_bookings",
)
def list_bookings(
    request: HttpRequest,
    from_on: words.Day | None = None,
    before_on: words.Day | None = None,
    status: Listed | None = None,  # type: ignore[valid-type]
    provider: words.Id | None = None,
    cursor: words.Id | None = None,
    limit: words.Limit = DEFAULT,
) -> words.Bookings:
    """List bookings, the latest session first. What may not be seen any more is left out."""
    key = key_of(request)
    rows = selectors.bookings_of(key.partner)
    if from_on:
        rows = rows.filter(starts_at__gte=_midnight(from_on))
    if before_on:
        rows = rows.filter(starts_at__lt=_midnight(before_on))
    if status:
        rows = rows.filter(status=status.value)  # type: ignore[attr-defined]
    if provider:
        rows = rows.filter(occupancy__provider__public_id=provider)
    found, more = page_of(rows, by="starts_at", cursor=cursor, limit=limit)
    return words.Bookings(items=[_booking(sight) for sight in seen_bookings(key, found)], next=more)


def _own(key: ApiKey, booking_id: UUID, *, with_clients: bool | None = None) -> Sight:
    """Return one of the organisation's bookings as it may be seen; 404 for anybody else's, and for what is closed."""
    found = selectors.bookings_of(key.partner).filter(public_id=booking_id).first()
    sights = seen_bookings(key, [found], with_clients=with_clients) if found else []
    if not sights:
        raise Http404
    return sights[0]


@api.get(
    "/bookings/{booking_id}",
    auth=Key(Scope.BOOKINGS_READ),
    response={200: words.Booking, **PROBLEMS},
    tags=["bookings"],
    operation_id="get_booking",
)
def get_booking(request: HttpRequest, booking_id: words.Id) -> words.Booking:
    """One booking."""
    return _booking(_own(key_of(request), booking_id))


def _as_it_is_now(key: ApiKey, booking: Booking) -> dict[str, Any]:
    """Return a booking after it was changed, without a name: what is kept under an Idempotency-Key has none."""
    again = selectors.bookings_of(key.partner).get(pk=booking.pk)
    return _booking(Sight(again, detail=True, who=False)).model_dump(mode="json")


@api.post(
    "/bookings/{booking_id}/attendance",
    auth=Key(Scope.BOOKINGS_WRITE),
    response={200: words.Booking, **PROBLEMS},
    tags=["bookings"],
    operation_id="mark_attendance",
)
def attendance(
    request: HttpRequest,
    response: HttpResponse,
    booking_id: words.Id,
    said: words.Attendance,
    name: NAME = Header(alias="Idempotency-Key"),  # noqa: B008 - how ninja is told
) -> Any:
    """Say whether somebody came, from the session's start on."""
    key = key_of(request)
    booking = _own(key, booking_id, with_clients=False).booking

    def act() -> dict[str, Any]:
        mark_attendance(booking_id=booking.pk, attended=said.attended, marked_by=key.made_by)
        return _as_it_is_now(key, booking)

    return done_once(request, response, name, said.model_dump(), act)


@api.post(
    "/bookings/{booking_id}/cancel",
    auth=Key(Scope.BOOKINGS_WRITE),
    response={200: words.Booking, **PROBLEMS},
    tags=["bookings"],
    operation_id="cancel_booking",
)
def cancel(
    request: HttpRequest,
    response: HttpResponse,
    booking_id: words.Id,
    name: NAME = Header(alias="Idempotency-Key"),  # noqa: B008 - how ninja is told
) -> Any:
    """Cancel from the organisation's side: the family is told and gets everything back."""
    key = key_of(request)
    booking = _own(key, booking_id, with_clients=False).booking

    def act() -> dict[str, Any]:
        cancel_booked_line(booking_id=booking.pk, cancelled_by=CancelledBy.PROVIDER, initiator=key.made_by)
        return _as_it_is_now(key, booking)

    return done_once(request, response, name, {}, act)
