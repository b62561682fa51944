"""Several places that are wanted together: siblings, or a child and the guardian who comes along. All of them or none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID, uuid4

from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.families.models import Child

from ..enums import Attendee, Mode, OccupancyKind
from ..errors import GuardianNotAdmitted, SlotNotOffered, SlotTaken, TogetherWrong
from ..models import Booking, HealthcareService, Occupancy, Provider
from ..retry import retried
from ..rules import HOLD_FOR, MOST_TOGETHER
from .keeping import hold_within
from .places import refusing_overlaps
from .whoever import free_providers
from .wishes import Wish, refuse_impossible

#: How many ways to share out providers are tried when somebody is quicker.
TRIES = 5


@dataclass(frozen=True, slots=True)
class TogetherWish:
    """One of the places: a seat in a group's session (`occupancy`), or a time of a provider (of anyone who is free).

    `starts_at` beside an occupancy is when the family believes it to be.
    """

    service: HealthcareService
    child: Child
    mode: Mode | str
    starts_at: datetime | None = None
    provider: Provider | None = None
    occupancy: Occupancy | None = None
    attendee: Attendee = Attendee.CHILD


def hold_together(
    *,
    wishes: Sequence[TogetherWish],
    booked_by: User,
    held_for: timedelta = HOLD_FOR,
    now: datetime | None = None,
) -> list[Booking]:
    """Keep all these places, or none; from then on they are paid, confirmed, moved and ended together.

    They count as one hold of the person. Opens its own transaction; deadlocks are tried again.

    Raises:
        TogetherWrong: fewer than two, too many, or one person twice.
        GuardianNotAdmitted: a guardian's seat without the child's in that group, or where none is offered.
        SlotTaken (SeatsGone, RoomTaken, DayFull), SlotNotOffered, ModeNotOffered, NotYourChild, ChildAlreadyBooked,
            TooManyHolds: as `hold_slot` and `hold_seat`.
    """
    _refuse_wrong(wishes)
    now, together_id = now or timezone.now(), uuid4()
    asked = [_wish(each, booked_by, held_for, now, together_id) for each in wishes]
    for wish in asked:
        refuse_impossible(wish)
    refusal: SlotTaken | None = None
    for shared_out in islice(_shared_out(asked), TRIES):
        try:
            return _hold(shared_out)
        except SlotTaken as taken:
            refusal = taken
    raise refusal or asked[0].taken()


def _refuse_wrong(wishes: Sequence[TogetherWish]) -> None:
    if not 2 <= len(wishes) <= MOST_TOGETHER:
        raise TogetherWrong
    if len({(wish.child.pk, wish.attendee) for wish in wishes}) < len(wishes):
        raise TogetherWrong
    children = {(wish.child.pk, wish.occupancy) for wish in wishes if wish.attendee == Attendee.CHILD}
    for wish in wishes:
        if wish.attendee == Attendee.GUARDIAN and not (
            wish.service.admits_guardian and wish.occupancy and (wish.child.pk, wish.occupancy) in children
        ):
            raise GuardianNotAdmitted
        if wish.occupancy is None and wish.starts_at is None:
            raise SlotNotOffered
        if wish.occupancy is not None and wish.occupancy.kind != OccupancyKind.GROUP:
            raise SlotNotOffered


def _wish(each: TogetherWish, booked_by: User, held_for: timedelta, now: datetime, together_id: UUID) -> Wish:
    session = each.occupancy
    starts_at = each.starts_at or (session.starts_at if session else None)
    provider_id = session.provider_id if session else each.provider.pk if each.provider else 0
    if starts_at is None:
        raise SlotNotOffered
    return Wish(
        each.service,
        starts_at,
        each.child,
        str(each.mode),
        booked_by,
        now,
        provider_id=provider_id,
        session=session,
        held_for=held_for,
        attendee=each.attendee,
        together_id=together_id,
    )


def _shared_out(wishes: Sequence[Wish]) -> Iterator[list[Wish]]:
    """Yield the ways in which providers can be shared out, nobody in two sessions at once; only one where all are named."""
    open_ones = {n: free_providers(wish) for n, wish in enumerate(wishes) if not wish.provider_id}
    yield from _share(list(wishes), open_ones, 0)


def _share(wishes: list[Wish], open_ones: dict[int, list[int]], number: int) -> Iterator[list[Wish]]:
    if number == len(wishes):
        yield list(wishes)
        return
    wish = wishes[number]
    if number not in open_ones:
        yield from _share(wishes, open_ones, number + 1)
        return
    named = [
        each for n, each in enumerate(wishes) if n != number and each.provider_id and (n < number or n not in open_ones)
    ]
    for candidate in open_ones[number]:
        if not any(each.provider_id == candidate and _overlap(each, wish) for each in named):
            trial = [*wishes[:number], replace(wish, provider_id=candidate), *wishes[number + 1 :]]
            yield from _share(trial, open_ones, number + 1)


def _overlap(one: Wish, other: Wish) -> bool:
    return one.busy_from < other.busy_until and other.busy_from < one.busy_until


@retried
def _hold(wishes: Sequence[Wish]) -> list[Booking]:
    with refusing_overlaps(wishes[0].look_for_others):
        return hold_within(wishes)
