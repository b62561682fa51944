"""When a day's chain is closed, and for how long days are kept."""

from datetime import date, datetime, time, timedelta

from marketplace.core.formatting import SHANGHAI, in_shanghai

#: A look may be written by a transaction that commits after midnight; its day waits this long for it.
CLOSES_AFTER = timedelta(hours=1)
#: Access logs are kept three years (PIPL 56; decision table D5). Never longer than retention counts three years, or a day
#: that it took would look stolen.
KEPT_DAYS = 3 * 365


def open_since(last_closed_on: date | None, recorded_at: datetime) -> date:
    """Return the day whose chain takes an event: its Shanghai day, or the first day still open when that is closed."""
    day = in_shanghai(recorded_at).date()
    return day if last_closed_on is None else max(day, last_closed_on + timedelta(days=1))


def is_over(day: date, now: datetime) -> bool:
    """Whether a day's chain may be closed."""
    end = datetime.combine(day + timedelta(days=1), time.min, SHANGHAI)
    return now >= end + CLOSES_AFTER


def kept_from(today: date) -> date:
    """Return the oldest day whose rows must still be there."""
    return today - timedelta(days=KEPT_DAYS)
