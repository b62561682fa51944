"""The week as it is drawn: what is taken from which minute to which, and what is free. Pure: no database."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from catalog.scheduling.enums import BookingStatus, Mode, OccupancyKind
from catalog.scheduling.intervals import Interval, clipped, merged, without
from catalog.scheduling.models import Booking, Occupancy
from catalog.scheduling.timetable import DAY_SECONDS, Timetable, midnight, moment_of

MINUTE, HOUR = 60, 3600
#: Less than this is a break, not free time.
WORTH_SHOWING_SECONDS = 25 * MINUTE
#: The grid shows at least these hours, and more where there is something in them.
FIRST_HOUR, LAST_HOUR = 9, 18
#: More side by side nobody can read: the rest lies over the last.
MOST_LANES = 6


@dataclass
class Block:
    """Something drawn into a day, in whole minutes. `kind`: session, group, hold, request, reserved, busy, free."""

    kind: str
    starts_at: datetime
    ends_at: datetime
    occupancy: Occupancy | None = None
    lane: int = 0
    lanes: int = 1

    @property
    def place(self) -> str:
        """The classes that say from when, for how long and in which lane; css/clinics-week.css gives them their sizes."""
        begin = timezone.localtime(self.starts_at)
        minutes = max(1, min(round((self.ends_at - self.starts_at).total_seconds() / MINUTE), self._left_of_day(begin)))
        lane = min(self.lane, MOST_LANES - 1)
        return (
            f"at-h{begin.hour} at-m{begin.minute} for-h{minutes // 60} for-m{minutes % 60} "
            f"lane-{lane} of-{min(self.lanes, MOST_LANES)}"
        )

    @staticmethod
    def _left_of_day(begin: datetime) -> int:
        return 24 * 60 - begin.hour * 60 - begin.minute


@dataclass
class PortalDay:
    """One column of the week."""

    on: date
    is_today: bool
    blocks: list[Block]
    free_seconds: int = 0

    @property
    def sessions(self) -> list[Block]:
        return [block for block in self.blocks if block.occupancy is not None]

    @property
    def has_sessions(self) -> bool:
        return bool(self.sessions)

    @property
    def free_hours(self) -> int:
        """Hours still free, summed over providers."""
        return round(self.free_seconds / HOUR)


@dataclass
class PortalWeek:
    """Seven days beside one another, all with the same hours."""

    days: list[PortalDay]
    hours: range = field(default_factory=lambda: range(FIRST_HOUR, LAST_HOUR))

    @property
    def clocks(self) -> list[time]:
        return [time(hour) for hour in self.hours]

    @property
    def frame(self) -> str:
        """The classes that say which hours the grid shows."""
        return f"from-h{self.hours.start} hours-{len(self.hours)}"

    @property
    def booked(self) -> int:
        """Places that are booked, held or missed; holds not yet paid for are `waiting`."""
        return sum(booking.status != BookingStatus.PENDING for booking in self.bookings)

    @property
    def waiting(self) -> int:
        return sum(booking.status == BookingStatus.PENDING for booking in self.bookings)

    @property
    def free_hours(self) -> int:
        return round(sum(day.free_seconds for day in self.days) / HOUR)

    @property
    def bookings(self) -> list[Booking]:
        """Every place shown."""
        blocks = [block for day in self.days for block in day.sessions]
        return [booking for block in blocks if block.occupancy for booking in _places(block.occupancy)]


def plan_week(monday: date, now: datetime, taken: Iterable[Occupancy], timetables: Collection[Timetable]) -> PortalWeek:
    """Lay out seven days from `monday`; sessions carry their bookings as `places`, only those in force.

    Free and otherwise busy time, and what a provider keeps for themselves, is drawn for one provider only: beside
    one another sessions would become too narrow to read.
    """
    is_one = len(timetables) == 1
    blocks = [_block_of(occupancy) for occupancy in taken if _is_shown(occupancy, is_one=is_one)]
    today = timezone.localdate(now)
    days = [_day(monday + timedelta(days=n), today, now, blocks, timetables) for n in range(7)]
    return PortalWeek(days, _hours_of([block for day in days for block in day.blocks]))


def _places(occupancy: Occupancy) -> list[Booking]:
    return getattr(occupancy, "places", [])  # a Prefetch's to_attr; what is reserved has none


def _is_shown(occupancy: Occupancy, *, is_one: bool) -> bool:
    """Not what only a hold keeps that has ended; time kept without a room, only in the week of `is_one` provider."""
    if occupancy.kind == OccupancyKind.BLOCKED:
        return is_one or occupancy.room_id is not None
    return occupancy.kind != OccupancyKind.INDIVIDUAL or bool(_places(occupancy))


def _block_of(occupancy: Occupancy) -> Block:
    return Block(_kind_of(occupancy), occupancy.starts_at, occupancy.ends_at, occupancy)


def _kind_of(occupancy: Occupancy) -> str:
    if occupancy.kind == OccupancyKind.GROUP:
        return "group"
    if occupancy.kind == OccupancyKind.BLOCKED:
        return "reserved"
    status = _places(occupancy)[0].status
    return {BookingStatus.PENDING: "hold", BookingStatus.PROPOSED: "request"}.get(BookingStatus(status), "session")


def _day(on: date, today: date, now: datetime, blocks: Iterable[Block], timetables: Collection[Timetable]) -> PortalDay:
    shown = [block for block in blocks if timezone.localtime(block.starts_at).date() == on]
    window = (max(midnight(on), int(now.timestamp())), midnight(on) + DAY_SECONDS)
    free = [_free_in(timetable, on, window) for timetable in timetables]
    if len(timetables) == 1:
        only = next(iter(timetables))
        whole_day = (midnight(on), midnight(on) + DAY_SECONDS)
        shown += [_drawn("free", span) for span in free[0]]
        shown += [_drawn("busy", span) for span in clipped(only.busy_elsewhere, whole_day)]
    _spread([block for block in shown if block.kind not in ("free", "busy")])
    shown.sort(key=lambda block: block.starts_at)
    return PortalDay(on, on == today, shown, sum(end - start for spans in free for start, end in spans))


def _drawn(kind: str, span: Interval) -> Block:
    return Block(kind, moment_of(span[0]), moment_of(span[1]))


def _free_in(timetable: Timetable, on: date, window: Interval) -> list[Interval]:
    """Return what is open and not taken, without what is too short for anything."""
    if window[0] >= window[1]:
        return []
    hours = merged(interval for mode in Mode for interval in timetable.open_hours(on, mode))
    free = without(clipped(hours, window), clipped(timetable.taken, window))
    return [span for span in free if span[1] - span[0] >= WORTH_SHOWING_SECONDS]


def _spread(blocks: Sequence[Block]) -> None:
    """Put blocks that overlap beside one another: several providers work at the same time."""
    together: list[Block] = []
    until: datetime | None = None
    for block in sorted(blocks, key=lambda block: (block.starts_at, block.ends_at)):
        if until is not None and block.starts_at >= until:
            together, until = [], None
        block.lane = _first_free_lane(together, block)
        together.append(block)
        until = max(until or block.ends_at, block.ends_at)
        lanes = max(each.lane for each in together) + 1
        for each in together:
            each.lanes = lanes


def _first_free_lane(together: Sequence[Block], block: Block) -> int:
    used = {each.lane for each in together if each.ends_at > block.starts_at}
    return next(lane for lane in range(len(together) + 1) if lane not in used)


def _hours_of(blocks: Sequence[Block]) -> range:
    begins = [timezone.localtime(block.starts_at).hour for block in blocks]
    ends = [_last_hour(block) for block in blocks]
    return range(min([FIRST_HOUR, *begins]), max([LAST_HOUR, *ends]))


def _last_hour(block: Block) -> int:
    """The hour by which a block is over, 24 at the latest."""
    begin, end = timezone.localtime(block.starts_at), timezone.localtime(block.ends_at)
    if end.date() != begin.date():
        return 24
    return end.hour + (1 if end.minute or end.second else 0)
