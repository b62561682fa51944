"""Working days by the Chinese calendar, shifted ones included, and how promises stand."""

from datetime import date, datetime, timedelta

import pytest

from marketplace.consent.complaints.clocks import answer_by, clock_faces, running_clock
from marketplace.consent.complaints.enums import Clock, ClockState, ComplaintStatus
from marketplace.consent.complaints.models import Complaint
from marketplace.consent.complaints.workdays import is_announced, is_workday, workdays_later
from marketplace.core.formatting import SHANGHAI


def shanghai(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 9, 20), True),  # a Sunday worked in exchange for the days of October
        (date(2026, 10, 1), False),
        (date(2026, 10, 7), False),
        (date(2026, 10, 10), True),  # a Saturday worked in exchange
        (date(2026, 2, 14), True),  # a Saturday before the spring festival
        (date(2026, 2, 16), False),
        (date(2026, 2, 28), True),  # a Saturday after it
        (date(2026, 11, 21), False),  # a Saturday like others
        (date(2026, 11, 23), True),
    ],
)
def test_working_days_follow_the_announced_calendar(day: date, works: bool) -> None:
    assert is_announced(day)
    assert is_workday(day) is works


@pytest.mark.parametrize(
    ("received_at", "last_day"),
    [
        (shanghai(2026, 11, 23, 9), date(2026, 12, 14)),  # three plain weeks
        (shanghai(2026, 11, 22, 9), date(2026, 12, 11)),  # received on a Sunday
        (shanghai(2026, 9, 18, 17), date(2026, 10, 15)),  # 20 September and 10 October worked, 25 to 27 and 1 to 7 free
        (shanghai(2026, 2, 9, 0), date(2026, 3, 6)),  # nine days of spring festival, two Saturdays worked
        (shanghai(2026, 2, 13, 23, 59), date(2026, 3, 12)),
    ],
)
def test_fifteen_working_days_over_the_holidays(received_at: datetime, last_day: date) -> None:
    due = answer_by(received_at)
    assert due == datetime(last_day.year, last_day.month, last_day.day, 23, 59, 59, tzinfo=SHANGHAI)
    # Counted by hand, a second way.
    days = [received_at.date() + timedelta(days=n) for n in range(1, (last_day - received_at.date()).days + 1)]
    assert sum(map(is_workday, days)) == 15


def test_beyond_the_announced_years_weekdays_count_and_it_is_said() -> None:
    assert not is_announced(date(2035, 1, 1))
    assert is_workday(date(2035, 1, 1))  # a Monday; that it will be free nobody has announced
    assert not is_workday(date(2035, 1, 6))
    assert workdays_later(shanghai(2035, 1, 1, 8), 15).date() == date(2035, 1, 22)
    complaint = made(received_at=shanghai(2035, 1, 1, 8))
    acknowledgement, answer = clock_faces(complaint, shanghai(2035, 1, 1, 9))
    assert acknowledgement.is_announced
    assert not answer.is_announced


def made(*, received_at: datetime, **fields: object) -> Complaint:
    """A complaint that is not saved."""
    return Complaint(
        received_at=received_at,
        acknowledge_by=received_at + timedelta(hours=24),
        answer_by=answer_by(received_at),
        **fields,
    )


def test_a_promise_runs_comes_near_is_missed_or_kept() -> None:
    begun = shanghai(2026, 11, 23, 9)
    complaint = made(received_at=begun)

    def states(now: datetime) -> list[ClockState]:
        return [face.state for face in clock_faces(complaint, now)]

    second = timedelta(seconds=1)
    near, due = begun + timedelta(hours=18), begun + timedelta(hours=24)
    assert states(near - second) == [ClockState.RUNNING, ClockState.RUNNING]
    assert states(near) == [ClockState.NEAR, ClockState.RUNNING]
    assert states(due) == [ClockState.NEAR, ClockState.RUNNING]
    assert states(due + second) == [ClockState.MISSED, ClockState.RUNNING]
    assert states(complaint.answer_by) == [ClockState.MISSED, ClockState.NEAR]
    complaint.acknowledged_at, complaint.answered_at = due, complaint.answer_by + second
    assert states(complaint.answer_by) == [ClockState.KEPT, ClockState.LATE]


def test_the_clock_that_ends_next_is_shown_while_it_is_open() -> None:
    begun = shanghai(2026, 11, 23, 9)
    complaint = made(received_at=begun)
    face = running_clock(complaint, begun)
    assert face
    assert face.clock is Clock.ACKNOWLEDGEMENT
    complaint.acknowledged_at = begun
    face = running_clock(complaint, begun)
    assert face
    assert face.clock is Clock.ANSWER
    complaint.status = ComplaintStatus.CLOSED
    assert running_clock(complaint, begun) is None
