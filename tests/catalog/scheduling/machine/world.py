"""A tiny clinic, three families, and a clock that moves when it is told to: the smaller the calendar, the more meets."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any
from unittest.mock import patch

from catalog.scheduling import timetable
from catalog.scheduling.outside_calendars.fetching import Fetched
from catalog.scheduling.selectors import conflicts
from catalog.scheduling.services import add_room, calendars
from catalog.scheduling.services.availability import WorkingHours
from tests import factories
from tests.catalog.waitlist.made import NOON, SATURDAY, short_week

#: Two Saturdays, four times each.
TIMES = tuple(
    factories.shanghai(SATURDAY + timedelta(weeks=week), 10 + minutes // 60, minutes % 60)
    for week in (0, 1)
    for minutes in (0, 30, 60, 90)
)


class Clock:
    """Stands in for `timezone.now`; a program begins at a Wednesday's noon."""

    def __init__(self) -> None:
        self.moment = NOON

    def __call__(self) -> datetime:
        return self.moment


class World:
    """What is there before a program begins, and outlives it: rows that a rollback brings back."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.holidays: set[date] = set()
        self.busy: list[tuple[int, int]] = []
        self.programs = 0
        self.stage = ""
        self.one, partner = self._provider(None)
        self.other, _ = self._provider(partner)
        self.providers = [self.one, self.other]
        place = factories.make_location(partner)
        self.room = add_room(location=place, name="一号室")
        usual = {"start_interval_minutes": 30, "buffer_minutes": 20, "minimum_notice_minutes": 120, "horizon_days": 28}
        usual |= {"free_cancel_hours": 24, "late_refund_percent": 50}
        both = [self.one, self.other]
        self.short = factories.make_service(
            *both, modes=["phone", "in_person"], location=place, needs_room=True, series_limit=3, **usual
        )
        self.long = factories.make_service(
            *both,
            modes=["phone", "video"],
            duration_minutes=80,
            buffer_before_minutes=20,
            needs_confirmation=True,
            **usual,
        )
        self.group = factories.make_group_service(
            self.other, modes=["in_person"], location=place, needs_room=True, admits_guardian=True, **usual
        )
        self.parents = [factories.make_parent(children=2), factories.make_parent(), factories.make_parent()]
        self.children = [(parent, child) for parent in self.parents for child in parent.children.order_by("pk")]
        self.staff = factories.make_staff()
        self.calendar = self.one.busy_calendars.create(label="自己的", address="https://calendar.example/one.ics")

    @staticmethod
    def _provider(partner: Any) -> Any:
        provider = short_week(10, 14, **({"partner": partner} if partner else {}))
        return provider, provider.partner

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """Our clock, our holidays, and another calendar that says what we say."""
        is_holiday = self.holidays.__contains__
        fetched = Fetched(content=b"busy", etag="")
        with (
            patch("django.utils.timezone.now", self.clock),
            patch.object(timetable, "is_holiday", is_holiday),
            patch.object(conflicts, "is_holiday", is_holiday),
            patch.object(calendars, "fetch", lambda *_, **__: fetched),
            patch.object(calendars, "busy_times", lambda *_, **__: iter(self.busy)),
        ):
            yield

    def begin(self) -> None:
        """Forget what the last program did outside the database."""
        self.clock.moment = NOON
        self.holidays.clear()
        self.busy.clear()
        self.programs += 1


#: What a provider may make of their week.
WEEKS = (
    [WorkingHours(5, factories.shanghai(SATURDAY, 10).time(), factories.shanghai(SATURDAY, 14).time())],
    [WorkingHours(5, factories.shanghai(SATURDAY, 11).time(), factories.shanghai(SATURDAY, 14).time())],
    [WorkingHours(5, factories.shanghai(SATURDAY, 10).time(), factories.shanghai(SATURDAY, 12).time(), ("phone",))],
    [],
)
