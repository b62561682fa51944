"""Days as companies bill them: in Shanghai."""

from datetime import date, datetime, time, timedelta

from marketplace.core.formatting import SHANGHAI

#: By then every company has made the bill of the day before.
_READY_AT = time(10)


def begins_at(day: date) -> datetime:
    """The first moment of a day."""
    return datetime.combine(day, time(), SHANGHAI)


def ends_at(day: date) -> datetime:
    """The first moment after a day."""
    return begins_at(day + timedelta(days=1))


def latest_billed_day(now: datetime) -> date:
    """The newest day whose bill should be there."""
    here = now.astimezone(SHANGHAI)
    return here.date() - timedelta(days=1 if here.time() >= _READY_AT else 2)
