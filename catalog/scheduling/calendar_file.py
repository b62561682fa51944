"""A booking as a calendar file. Calendars are shared and shown on lock screens: it names no need, person or product."""

from datetime import UTC, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from .enums import BookingStatus, Mode
from .models import Booking


def calendar_file(booking: Booking, *, now: datetime) -> bytes:
    """Return a booking as iCalendar (RFC 5545); read again after a move or a cancellation, it replaces the old entry."""
    calendar = Calendar()
    calendar.add("prodid", "-//xinqiao//bookings//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(booking, now))
    return calendar.to_ical()


def _event(booking: Booking, now: datetime) -> Event:
    occupancy = booking.occupancy
    cancelled = booking.status == BookingStatus.CANCELLED
    event = Event()
    event.add("uid", f"{booking.public_id}@xinqiao")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", occupancy.starts_at.astimezone(UTC))
    event.add("dtend", occupancy.ends_at.astimezone(UTC))
    event.add("sequence", booking.moved_count + cancelled)
    event.add("summary", _("心桥 预约"))
    event.add("url", settings.PUBLIC_BASE_URL + reverse("bookings:detail", args=[booking.public_id]))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    if booking.mode == Mode.IN_PERSON and occupancy.location:
        event["location"] = vText(occupancy.location.address)
    return event
