"""How long a period is: by the calendar in Shanghai, as the Civil Code counts (articles 201 to 203).

The first day is not counted. Months and years end on the same day of a later month, or on that month's last day
where there is no such day (29 February). The last day counts to its end: what was kept for three years from
10 May goes on 11 May, at midnight in Shanghai. Hours are counted as they are.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from marketplace.core.formatting import SHANGHAI, in_shanghai


def months_later(day: date, months: int) -> date:
    """Return the same day `months` later (earlier when negative), or that month's last day."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def midnight(day: date) -> datetime:
    """Return the moment a day begins in Shanghai."""
    return datetime.combine(day, time.min, tzinfo=SHANGHAI)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A length of time; exactly one of the three is given. `months` of 36 are three years."""

    months: int = 0
    days: int = 0
    hours: int = 0

    def __post_init__(self) -> None:
        if sum(bool(part) for part in (self.months, self.days, self.hours)) != 1:
            raise ValueError("a period has months, days or hours")

    def over_at(self, moment: datetime) -> datetime:
        """Return the first moment at which what began to count at `moment` is no longer kept."""
        if self.hours:
            return moment + timedelta(hours=self.hours)
        return midnight(self._last_day(in_shanghai(moment).date()) + timedelta(days=1))

    def cutoff(self, now: datetime) -> datetime:
        """Return the moment that parts the rows: what is dated before it is over at `now`."""
        if self.hours:
            # A row is over at the very moment its hours are full: "before" has to let that moment in.
            return now - timedelta(hours=self.hours) + timedelta(microseconds=1)
        return midnight(self.cutoff_day(in_shanghai(now).date()))

    def cutoff_day(self, today: date) -> date:
        """Return the day that parts rows that carry a day: what is dated before it is over on `today`."""
        # Several days may share a last day (29, 30 and 31 August end in February together), hence the search.
        day = today - timedelta(days=self.days) if self.days else months_later(today, -self.months)
        day += timedelta(days=3)
        while self._last_day(day - timedelta(days=1)) >= today:
            day -= timedelta(days=1)
        return day

    @property
    def text(self) -> str | Promise:
        """The length in words."""
        if self.months and self.months % 12 == 0:
            return ngettext_lazy("%(count)d 年", "%(count)d 年", self.months // 12) % {"count": self.months // 12}
        if self.months:
            return ngettext_lazy("%(count)d 个月", "%(count)d 个月", self.months) % {"count": self.months}
        if self.days:
            return ngettext_lazy("%(count)d 天", "%(count)d 天", self.days) % {"count": self.days}
        return ngettext_lazy("%(count)d 小时", "%(count)d 小时", self.hours) % {"count": self.hours}

    def _last_day(self, day: date) -> date:
        return months_later(day, self.months) if self.months else day + timedelta(days=self.days)


#: What is kept as long as something lasts and has no length of its own.
OPEN_ENDED = _("不设固定期限")
