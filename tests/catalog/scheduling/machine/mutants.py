"""Calendars without one of their guards at a time; where the database stands behind a guard, without both."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from django.db import connection

from catalog.order.services import cancelling
from catalog.scheduling.models import Occupancy
from catalog.scheduling.selectors import timetables
from catalog.scheduling.services import confirming, keeping, moving, rooms, settling
from catalog.scheduling.services.wishes import Wish
from catalog.waitlist import receivers

Change = Callable[[], Any]


@dataclass(frozen=True)
class Mutant:
    """A mistake, what the truths call it (a pattern), and the stage and rules near which it shows.

    Looking everywhere finds it too, but takes many minutes.
    """

    name: str
    caught_as: str
    stage: str
    only: tuple[str, ...]
    changes: tuple[Change, ...]
    without: Sequence[str] = ()
    """Constraints of the database, by table and name, that would have minded."""

    @contextmanager
    def alive(self) -> Iterator[None]:
        """Calendars with this mistake, in the caller's transaction."""
        with connection.cursor() as cursor, ExitStack() as stack:
            for constraint in self.without:
                table, name = constraint.split(".")
                cursor.execute(f"ALTER TABLE scheduling_{table} DROP CONSTRAINT {name}")
            for change in self.changes:
                stack.enter_context(change())
            yield


def _take_any_seat(occupancy_id: int) -> None:
    session = Occupancy.objects.get(pk=occupancy_id)
    Occupancy.objects.filter(pk=occupancy_id).update(seats_taken=session.seats_taken + 1)


def _any_room(*, location_id: int, **_: Any) -> int:
    from catalog.scheduling.models import Room

    return Room.objects.filter(location=location_id).values_list("pk", flat=True)[0]


def _nothing(*_: Any, **__: Any) -> None:
    return None


MUTANTS = (
    Mutant(
        "a time is sold without looking whether it is free",
        "a provider is in two places",
        "booked",
        ("hold", "buy"),
        (lambda: patch.object(keeping, "_refuse_when_not_free", _nothing),),
        ("occupancy.provider_never_in_two_places", "occupancy.room_never_used_twice"),
    ),
    Mutant(
        "the rest after a session is forgotten",
        "a provider is in two places",
        "booked",
        ("hold", "buy"),
        (lambda: patch.object(Wish, "busy_until", property(lambda wish: wish.ends_at)),),
    ),
    Mutant(
        "late money takes its time again without looking",
        "a provider is in two places|a room is used twice|sold though",
        "late",
        ("hold", "buy", "pay"),
        (lambda: patch.object(confirming, "_is_still_free", lambda *_, **__: True),),
        ("occupancy.provider_never_in_two_places", "occupancy.room_never_used_twice"),
    ),
    Mutant(
        "a room is taken without looking whether it is free",
        "a room is used twice",
        "booked",
        ("hold", "buy", "schedule_group"),
        tuple(
            lambda module=module: patch.object(module, "choose_room", _any_room)
            for module in (keeping, rooms, settling)
        ),
        ("occupancy.room_never_used_twice",),
    ),
    Mutant(
        "a child is booked without looking where it is",
        "a child is in two places",
        "booked",
        ("hold",),
        (
            lambda: patch.object(keeping, "_refuse_when_child_is_busy", _nothing),
            lambda: patch.object(moving, "refuse_when_child_is_busy", _nothing),
        ),
        ("booking.child_never_in_two_places",),
    ),
    Mutant(
        "a seat is taken without counting",
        "seats are exceeded",
        "group",
        ("take_seat", "take_seats_for_two"),
        (lambda: patch.object(keeping, "take_seat", _take_any_seat),),
        ("occupancy.occupancy_never_overfull",),
    ),
    Mutant(
        "what another calendar says is not heard",
        "busy elsewhere",
        "nothing",
        ("read_other_calendar", "hold"),
        (lambda: patch.object(timetables, "_load_exceptions", _nothing),),
    ),
    Mutant(
        "a provider's no gives nothing back",
        "came back",
        "asked",
        ("answer", "cancel"),
        (lambda: patch.object(cancelling, "ask_line_refund", _nothing),),
    ),
    Mutant(
        "an offer outlives the hold behind it",
        "an offer is open whose place is not kept",
        "offered",
        ("answer_offer", "time_passes"),
        (lambda: patch.object(receivers.services, "note_ended", _nothing),),
    ),
)
