"""Minor mode: how long a young person may be here today, and when it is night. Pure; times are Shanghai's.

A guardian chooses inside the age rules, never beyond them: of two limits the stricter one holds.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Protocol

from django.utils import timezone

from .age_rules import AgeRules

#: From when on the frame says that today's time comes to its end, and how long what was begun may be finished.
ENDS_SOON = timedelta(minutes=10)
GRACE = timedelta(minutes=10)
#: A pause longer than this is an absence and does not count.
STILL_HERE = timedelta(minutes=5)
#: How far a guardian may go the other way: a young person is never shut out altogether.
LEAST_MINUTES, EARLIEST_NIGHT, LATEST_MORNING = 15, time(20), time(8)

Night = tuple[time, time]


class Chosen(Protocol):
    """What a guardian chose: families.GuardianLimits."""

    daily_minutes: int | None
    night_from: time | None
    night_until: time | None


@dataclass(frozen=True)
class Limits:
    """Minutes a day and the night, in which it is time to rest; None: no limit."""

    daily_minutes: int | None
    night: Night | None


NO_LIMITS = Limits(None, None)


def limits_for(rules: AgeRules, chosen: Chosen | None) -> Limits:
    """Return what holds for somebody: the age rule, or the stricter thing a guardian chose. No rule, no limit."""
    daily, night = rules.daily_minutes, rules.night
    if chosen is None:
        return Limits(daily, night)
    if daily is not None and chosen.daily_minutes is not None:
        daily = min(daily, chosen.daily_minutes)
    if night is not None:
        night = (min(night[0], chosen.night_from or night[0]), max(night[1], chosen.night_until or night[1]))
    return Limits(daily, night)


def counted(*, minutes: int, last_seen_at: datetime, now: datetime) -> int:
    """Return the minutes spent today once somebody is seen again: reading counts in full, an absence not at all."""
    gap = now - last_seen_at
    return minutes + (gap // timedelta(minutes=1) if gap <= STILL_HERE else 0)


@dataclass(frozen=True)
class Standing:
    """How a young person's day stands: minutes spent so far, under which limits, at which moment."""

    minutes: int
    limits: Limits
    now: datetime

    @property
    def is_night(self) -> bool:
        """Whether it is night."""
        return self._night_began_at is not None

    @property
    def is_spent(self) -> bool:
        """Whether today's minutes are spent."""
        return self.limits.daily_minutes is not None and self.minutes >= self.limits.daily_minutes

    @property
    def is_over(self) -> bool:
        """Whether it is time to rest."""
        return self.is_night or self.is_spent

    @property
    def may_finish(self) -> bool:
        """Whether what was begun before may still be sent: a form half filled in is not thrown away."""
        if self._night_began_at is not None:
            return self.now - self._night_began_at <= GRACE
        over = self.minutes - (self.limits.daily_minutes or 0)
        return timedelta(minutes=over) <= GRACE

    @property
    def ends_soon(self) -> bool:
        """Whether less than ten minutes are left, of today's or until the night."""
        if self.is_over:
            return False
        left = self.limits.daily_minutes is not None and self.limits.daily_minutes - self.minutes
        is_nearly_spent = left is not False and timedelta(minutes=left) <= ENDS_SOON
        return is_nearly_spent or Standing(0, Limits(None, self.limits.night), self.now + ENDS_SOON).is_night

    @property
    def back_at(self) -> datetime:
        """When one may come back: at the end of the night, the coming one if today's minutes are spent."""
        local = timezone.localtime(self.now)
        until = self.limits.night[1] if self.limits.night else time(0)
        is_before_dawn = self.is_night and local.time() < until
        day = local.date() if is_before_dawn else local.date() + timedelta(days=1)
        return timezone.make_aware(datetime.combine(day, until))

    @property
    def _night_began_at(self) -> datetime | None:
        if self.limits.night is None:
            return None
        begins, ends = self.limits.night
        local = timezone.localtime(self.now)
        if local.time() >= begins:
            return timezone.make_aware(datetime.combine(local.date(), begins))
        if local.time() < ends:
            return timezone.make_aware(datetime.combine(local.date() - timedelta(days=1), begins))
        return None
