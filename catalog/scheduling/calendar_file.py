"""A booking as a calendar file. Calendars are shared and shown on lock screens: it names no need, person or product."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from .enums import BookingStatus, Mode
from .models import Booking, Occupancy

#: The end of every UID of ours; `services.calendars` knows by it what was copied from here.
UID_DOMAIN = "xinqiao"
_STATUS = {BookingStatus.CANCELLED: "CANCELLED", BookingStatus.PROPOSED: "TENTATIVE"}


#: How often a phone should ask again; some ignore it.
ASK_EVERY = timedelta(hours=1)


def calendar_file(booking: Booking, *, now: datetime) -> bytes:
    """Return a booking as iCalendar (RFC 5545); read again after a move or a cancellation, it replaces the old entry."""
    calendar = _calendar()
    calendar.add("method", "PUBLISH")
    calendar.add_component(_booking_event(booking, now))
    return calendar.to_ical()


def calendar_feed(shown: Iterable[Booking | Occupancy], *, now: datetime) -> bytes:
    """Return bookings of a family, or sessions of a provider, as a calendar that is read again and again."""
    calendar = _calendar()
    calendar.add("x-wr-calname", _("心桥 预约"))
    calendar.add("refresh-interval", ASK_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for each in shown:
        event = _booking_event(each, now) if isinstance(each, Booking) else _session_event(each, now)
        calendar.add_component(event)
    return calendar.to_ical()


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//xinqiao//bookings//ZH")
    calendar.add("version", "2.0")
    return calendar


def _booking_event(booking: Booking, now: datetime) -> Event:
    cancelled = booking.status == BookingStatus.CANCELLED
    event = _event(booking.public_id, booking.occupancy, now)
    event.add("sequence", booking.moved_count + cancelled)
    event.add("url", settings.PUBLIC_BASE_URL + reverse("bookings:detail", args=[booking.public_id]))
    event.add("status", _STATUS.get(BookingStatus(booking.status), "CONFIRMED"))
    if booking.mode == Mode.IN_PERSON and booking.occupancy.location:
        event["location"] = vText(booking.occupancy.location.address)
    return event


def _session_event(occupancy: Occupancy, now: datetime) -> Event:
    event = _event(occupancy.public_id, occupancy, now)
    event.add("status", "CONFIRMED")
    if occupancy.room and occupancy.location:
        event["location"] = vText(f"{occupancy.location.name} {occupancy.room.name}")
    return event


def _event(uid: UUID, occupancy: Occupancy, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{uid}@{UID_DOMAIN}")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", occupancy.starts_at.astimezone(UTC))
    event.add("dtend", occupancy.ends_at.astimezone(UTC))
    event.add("summary", _("心桥 预约"))
    event.add("class", "PRIVATE")
    return event
