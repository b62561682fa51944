"""When somebody may be asked how it is. Pure: moments in, moments out; every clock time is Shanghai's.

Three things keep a moment shut: the quiet hours and the lessons a young person chose (21:30 to 7:00 and the school day
unless they say otherwise), and the night of minor mode, which nobody can open (`families.age_rules.NIGHT`).
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from marketplace.core.formatting import SHANGHAI, in_shanghai
from marketplace.families.age_rules import NIGHT

#: How long an asking waits for an answer before it is let go.
LASTS = timedelta(minutes=60)
SNOOZED_FOR = timedelta(minutes=20)
MOST_SNOOZES = 2
#: A worker that was down asks late by so much at most; afterwards the moment has passed.
LATE_BY = timedelta(minutes=15)
_SCHOOL_DAYS = range(5)
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Schedule:
    """What a plan says about time; `days` are weekdays, Monday 0. Spans are half-open; quiet hours may go over midnight."""

    times: tuple[time, ...]
    days: frozenset[int]
    quiet_from: time = time(21, 30)
    quiet_until: time = time(7)
    keeps_lessons: bool = True
    lessons_from: time = time(7, 30)
    midday_from: time = time(12)
    midday_until: time = time(13, 30)
    lessons_until: time = time(17)


def is_within(clock: time, begins: time, ends: time) -> bool:
    """Return whether a clock time lies in a span, which goes over midnight where it ends before it begins.

    A span that ends when it begins is empty.
    """
    if begins <= ends:
        return begins <= clock < ends
    return clock >= begins or clock < ends


def is_quiet(schedule: Schedule, moment: datetime) -> bool:
    """Return whether nobody wants to hear anything then: chosen quiet hours, and the night in any case."""
    clock = in_shanghai(moment).time()
    return is_within(clock, schedule.quiet_from, schedule.quiet_until) or is_within(clock, *NIGHT)


def is_in_lessons(schedule: Schedule, moment: datetime) -> bool:
    """Return whether it is school time then, the midday break left out."""
    local = in_shanghai(moment)
    if not schedule.keeps_lessons or local.weekday() not in _SCHOOL_DAYS:
        return False
    is_school = is_within(local.time(), schedule.lessons_from, schedule.lessons_until)
    return is_school and not is_within(local.time(), schedule.midday_from, schedule.midday_until)


def may_ask_at(schedule: Schedule, moment: datetime) -> bool:
    """Return whether somebody may be asked at a moment."""
    return not is_quiet(schedule, moment) and not is_in_lessons(schedule, moment)


def next_asking(schedule: Schedule, after: datetime) -> datetime | None:
    """Return the first moment after another at which the plan asks and may ask; None where it has none in a week."""
    first = in_shanghai(after).date()
    for ahead in range(_WEEK + 1):
        day = first + timedelta(days=ahead)
        if day.weekday() not in schedule.days:
            continue
        for clock in sorted(schedule.times):
            moment = datetime.combine(day, clock, tzinfo=SHANGHAI)
            if moment > after and may_ask_at(schedule, moment):
                return moment
    return None


def snoozed_until(schedule: Schedule, now: datetime) -> datetime | None:
    """Return until when an asking put off now rests; None where it would come back at a shut moment: it is let go."""
    until = now + SNOOZED_FOR
    return until if may_ask_at(schedule, until) else None


def is_too_late(due_at: datetime, now: datetime) -> bool:
    """Return whether the moment of an asking has passed."""
    return now > due_at + LATE_BY
