"""When to ask again: quickly at first, then ever more rarely."""

from datetime import datetime, timedelta

_WAITS = tuple(timedelta(seconds=s) for s in (5, 15, 30, 60, 180, 600))
_THEN = timedelta(hours=1)

#: Clocks of two companies differ; what a gateway ends at a time is surely over this much later.
CLOCK_SKEW = timedelta(seconds=60)
#: How long an unclear gateway may keep an intent open past its time.
EXPIRY_GRACE = timedelta(minutes=10)


def next_check_after(check_count: int, now: datetime) -> datetime:
    """The time of the next look after `check_count` looks."""
    wait = _WAITS[check_count] if check_count < len(_WAITS) else _THEN
    return now + wait
