"""Run by itself: an iCalendar file on standard input, busy times as JSON on standard output."""

import json
import resource
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar

MEMORY_BYTES = 1024 * 1024 * 1024
SHANGHAI = ZoneInfo("Asia/Shanghai")


def main() -> int:
    """Return 0, or 1 when it is no calendar."""
    begin, end, own_domain, seconds = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    try:
        calendar = Calendar.from_ical(sys.stdin.buffer.read())
    except ValueError:
        return 1
    if calendar.name != "VCALENDAR":
        return 1
    window = datetime.fromtimestamp(begin, UTC), datetime.fromtimestamp(end, UTC)
    events = recurring_ical_events.of(calendar, skip_bad_series=True).between(*window)
    spans = (_span(event) for event in events if _is_busy(event, own_domain))
    inside = ((max(a, begin), min(b, end)) for a, b in spans if a < b and a < end and b > begin)
    json.dump(list(_merged(inside)), sys.stdout)
    return 0


def _is_busy(event: Any, own_domain: str) -> bool:
    if event.get("TRANSP", "OPAQUE") == "TRANSPARENT" or event.get("STATUS") == "CANCELLED":
        return False
    return not str(event.get("UID", "")).endswith(f"@{own_domain}")


def _span(event: Any) -> tuple[int, int]:
    start = event["DTSTART"].dt
    end = event["DTEND"].dt if "DTEND" in event else start + event["DURATION"].dt if "DURATION" in event else start
    if end == start and not isinstance(start, datetime):
        end = start + timedelta(days=1)
    return _second(start), _second(end)


def _second(moment: date | datetime) -> int:
    """Days and times without a zone are Shanghai's."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time.min)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=SHANGHAI)
    return int(moment.timestamp())


def _merged(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    begin = end = None
    for start, stop in sorted(spans):
        if end is not None and start <= end:
            end = max(end, stop)
            continue
        if begin is not None and end is not None:
            yield begin, end
        begin, end = start, stop
    if begin is not None and end is not None:
        yield begin, end


if __name__ == "__main__":
    sys.exit(main())
