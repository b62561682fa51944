"""A talk as a calendar file (RFC 5545), for the calendar of whoever asks."""

from datetime import UTC, datetime

from django.conf import settings

from ..models import Event

_SHORT = 60  # bytes of text in a line, safely below the 75 a line may have


def calendar_file(event: Event, *, now: datetime) -> str:
    """Return the talk as one VEVENT; a talk that was called off is marked as cancelled."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//xinqiao//talks//ZH",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:talk-{event.public_id}@xinqiao",
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(event.starts_at)}",
        f"DTEND:{_utc(event.ends_at)}",
        *_folded("SUMMARY", event.title),
        *_folded("LOCATION", event.address or event.get_place_display()),
        f"URL:{settings.PUBLIC_BASE_URL}{event.get_absolute_url()}",
        f"STATUS:{'CANCELLED' if event.cancelled_at else 'CONFIRMED'}",
        f"SEQUENCE:{1 if event.cancelled_at else 0}",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return "\r\n".join(lines)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _folded(name: str, text: str) -> list[str]:
    """Return a property escaped, and folded between characters."""
    for plain, escaped in (("\\", "\\\\"), (";", r"\;"), (",", r"\,"), ("\n", r"\n")):
        text = text.replace(plain, escaped)
    lines, line = [], f"{name}:"
    for character in text:
        if len((line + character).encode()) > _SHORT:
            lines.append(line)
            line = " "
        line += character
    return [*lines, line]
