"""The product without its row locks, served by gunicorn: what happens to booking then must be found by its counters.

A lock that is only a look takes a moment, so that rivals meet between the look and the write. The database's own guards
are dropped by whoever serves this.
"""

import re
import time

from marketplace.wsgi import application

_LOCK = re.compile(r"FOR NO KEY UPDATE( OF [\w, ]+)?")
_MEETING_SECONDS = 0.05

__all__ = ["application"]


def _take_guards_away() -> None:
    from catalog.scheduling import locks
    from catalog.scheduling.services import confirming, keeping, moving

    rows_of = locks.rows_of

    def look_only(statement: str, *parameters: object) -> list[tuple]:
        found = rows_of(_LOCK.sub("", statement), *parameters)
        time.sleep(_MEETING_SECONDS)
        return found

    locks.rows_of = look_only  # type: ignore[attr-defined]
    for module in (confirming, keeping, moving):
        module.take_seat = _look_and_take  # type: ignore[attr-defined]


def _look_and_take(occupancy_id: int) -> None:
    """Test and write apart, as no seat should be taken."""
    from catalog.scheduling.errors import SeatsGone
    from catalog.scheduling.models import Occupancy

    session = Occupancy.objects.get(pk=occupancy_id)
    if not session.is_live or session.seats_taken >= session.seats:
        raise SeatsGone
    time.sleep(_MEETING_SECONDS)
    Occupancy.objects.filter(pk=occupancy_id).update(seats_taken=session.seats_taken + 1)


_take_guards_away()
