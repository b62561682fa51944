"""Who may be free for what a family asks of anybody."""

import random
from dataclasses import replace
from datetime import timedelta

from ..errors import SlotNotOffered
from ..sql import rows_of
from ..timetable import midnight, moment_of, monday_of
from .wishes import Wish, places_open, timetables_of

_GIVERS = """
    SELECT provider.id, (
        SELECT count(*) FROM scheduling_occupancy occupancy
        WHERE occupancy.provider_id = provider.id AND is_live AND busy_from >= %s AND busy_from < %s
    )
    FROM scheduling_provider provider
    JOIN scheduling_healthcareservice_providers given ON given.provider_id = provider.id
    WHERE given.healthcareservice_id = %s AND provider.is_active
"""


def free_providers(wish: Wish) -> list[int]:
    """Return who may be free at that time, the one with the fewest sessions that week first. Takes no lock.

    Raises SlotNotOffered when the time lies in nobody's hours.
    """
    monday = monday_of(wish.starts_on)
    week = moment_of(midnight(monday)), moment_of(midnight(monday + timedelta(days=7)))
    providers = rows_of(_GIVERS, *week, wish.service.pk)
    timetables = timetables_of([replace(wish, provider_id=pk) for pk, _ in providers])
    working = {pk for pk, timetable in timetables.items() if places_open(wish, timetable)}
    if not working:
        raise SlotNotOffered
    free = [
        (load, pk)
        for pk, load in providers
        if pk in working and timetables[pk].is_free(*wish.busy) and not timetables[pk].is_full(wish.starts_on)
    ]
    random.shuffle(free)  # among equals, do not send everybody to the same door
    return [pk for _, pk in sorted(free, key=lambda pair: pair[0])]
