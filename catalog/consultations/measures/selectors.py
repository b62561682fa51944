"""Reads of answers: as series that a chart can show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from catalog.scheduling.enums import Attendee, BookingStatus
from catalog.scheduling.models import Booking
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.encryption.sealed import ERASED
from marketplace.families.ages import latest_birth_of_age
from marketplace.families.models import Child

from .change import Change, change_between, is_off_track
from .instruments import BY_KEY, OLDEST, YOUNGEST, Instrument
from .models import Goal, Measurement
from .rules import ASKED_BEFORE, asked_of


@dataclass(frozen=True)
class Point:
    """One answered instrument."""

    at: datetime
    score: int


@dataclass(frozen=True)
class Series:
    """What one young person answered to one instrument (of goals: to one goal), in the order of time."""

    instrument: Instrument
    points: Sequence[Point]
    goal_text: Any = ""

    @property
    def scores(self) -> list[int]:
        return [point.score for point in self.points]

    @property
    def change(self) -> Change | None:
        """From the first to the last score; None while there is only one."""
        scores = self.scores
        return change_between(self.instrument, scores[0], scores[-1]) if len(scores) > 1 else None

    @property
    def is_off_track(self) -> bool:
        return is_off_track(self.instrument, self.scores)


def series_of(child: Child) -> list[Series]:
    """Return a young person's series, in the order of the instruments, the newest goal first; three queries."""
    rows = list(Measurement.objects.filter(child=child).select_related("child", "goal__child"))
    prefetch_keys([*rows, *{row.goal for row in rows if row.goal}])
    grouped: dict[tuple[str, int], list[Measurement]] = {}
    for row in rows:
        if row.answers is not ERASED and row.instrument in BY_KEY:
            grouped.setdefault((row.instrument, -(row.goal_id or 0)), []).append(row)
    order = list(BY_KEY)
    found = sorted(grouped.items(), key=lambda each: (order.index(each[0][0]), each[0][1]))
    return [_series(instrument, answered) for (instrument, _goal), answered in found]


def _series(key: str, rows: list[Measurement]) -> Series:
    goal = rows[0].goal
    points = [Point(row.answered_at, row.answers["score"]) for row in rows]
    return Series(BY_KEY[key], points, goal.text if goal else "")


def live_goal_of(child: Child) -> Goal | None:
    """Return what a young person works towards now."""
    return Goal.objects.filter(child=child, ended_at=None).select_related("child").first()


def still_to_answer(booking: Booking, now: datetime) -> list[Instrument]:
    """Return the instruments that fit the young person and were not answered for this session."""
    answered = set(Measurement.objects.filter(booking=booking).values_list("instrument", flat=True))
    return [instrument for instrument in asked_of(booking.child, now) if instrument.key not in answered]


def next_asking(bookings: QuerySet[Booking], child: Child, now: datetime) -> datetime | None:
    """Return when a young person is asked again, as far as these bookings say: a day before the next session; None: nothing planned."""
    coming = bookings.filter(child=child, status=BookingStatus.BOOKED, attendee=Attendee.CHILD, starts_at__gt=now)
    starts = coming.order_by("starts_at").values_list("starts_at", flat=True).first()
    if starts is None or not asked_of(child, starts):
        return None
    return max(starts - ASKED_BEFORE, now)


def bookings_to_ask(now: datetime) -> QuerySet[Booking]:
    """Return young people's sessions within the next day that nobody was asked about yet."""
    today = timezone.localdate(now)
    return Booking.objects.filter(
        status=BookingStatus.BOOKED,
        attendee=Attendee.CHILD,
        starts_at__gt=now,
        starts_at__lte=now + ASKED_BEFORE,
        measure_invitation=None,
        child__born_on__lte=latest_birth_of_age(YOUNGEST, today),
        child__born_on__gt=latest_birth_of_age(OLDEST + 1, today),
    )
