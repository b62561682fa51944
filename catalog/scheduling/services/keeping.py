"""Keeping places inside a transaction: what is locked, asked and written, in which order."""

from collections.abc import Sequence
from functools import partial

from ..enums import Attendee
from ..errors import (
    ChildAlreadyBooked,
    DayFull,
    ModeNotOffered,
    NotYourChild,
    RoomTaken,
    SeatsGone,
    SlotNotOffered,
    TooManyHolds,
)
from ..locks import lock_children, lock_family, lock_for_holding, lock_rooms
from ..models import Booking, Occupancy
from ..rules import MAX_HOLDS, hold_end
from ..selectors.availability import nearest_open_slots
from ..selectors.bookings import NIL, bookings_in_the_way
from ..timetable import PlaceId, Timetable
from .places import announce, release_expired_holds_of, take_seat
from .rooms import choose_room
from .wishes import Wish, places_open, seconds, timetables_of


def hold_within(wishes: Sequence[Wish]) -> list[Booking]:
    """Keep all these places or raise, inside the caller's transaction, which must hold no lock below an order's yet.

    Each wish names its provider; whether it is bookable at all (`refuse_impossible`), the caller has asked. Locks the
    providers, the rooms, the children with those who book, each by id. The caller wraps it in `refusing_overlaps()`
    (where the database objects, the transaction is lost) and tries deadlocks again (`retried`).

    Raises what `hold_slot` and `hold_seat` raise; nothing is kept then.
    """
    _lock_providers(wishes)
    _refuse_when_moved(wishes)
    timetables = timetables_of([wish for wish in wishes if wish.session is None])
    places = [_place_of(wish, timetables) for wish in wishes]
    if rooms_at := {place for wish, place in zip(wishes, places, strict=True) if wish.needs_room and place}:
        lock_rooms(rooms_at)
    _lock_families(wishes)
    held = []
    for wish, place in zip(wishes, places, strict=True):
        _refuse_when_child_is_busy(wish)
        held.append(
            _kept_seat(wish, wish.session) if wish.session else _kept_slot(wish, timetables[wish.provider_id], place)
        )
    announce({wish.provider_id for wish in wishes})
    return held


def _lock_providers(wishes: Sequence[Wish]) -> None:
    """Lock the providers, and free what holds that ended still keep: theirs, and what stands in the way elsewhere."""
    given = lock_for_holding(
        provider_ids={wish.provider_id for wish in wishes},
        service_ids={wish.service.pk for wish in wishes},
        child_ids={wish.child.pk for wish in wishes},
        busy_from=min(wish.busy_from for wish in wishes),
        busy_until=max(wish.busy_until for wish in wishes),
        needs_room=any(wish.needs_room for wish in wishes),
        now=wishes[0].now,
    )
    if any(wish.service.pk not in given.get(wish.provider_id, ()) for wish in wishes):
        raise SlotNotOffered
    release_expired_holds_of(*given, now=wishes[0].now)


def _refuse_when_moved(wishes: Sequence[Wish]) -> None:
    """Put nobody into a group at a time they did not choose: it may have been moved since they looked."""
    if asked := {wish.session.pk: wish for wish in wishes if wish.session}:
        starts = dict(Occupancy.objects.filter(pk__in=asked).values_list("pk", "starts_at"))
        for pk, wish in asked.items():
            if starts.get(pk) != wish.starts_at:
                raise wish.taken()


def _lock_families(wishes: Sequence[Wish]) -> None:
    pairs = {(wish.child.pk, wish.booked_by.pk) for wish in wishes}
    if len(pairs) > 1:
        lock_children({child_id for child_id, _ in pairs})
    for child_id, person_id in sorted(pairs):
        if not lock_family(person_id=person_id, child_id=child_id):
            raise NotYourChild


def _place_of(wish: Wish, timetables: dict[int, Timetable]) -> PlaceId:
    """Return where the session would be held. Raises SlotNotOffered, ModeNotOffered: it lies in no open hours."""
    if wish.session is not None:
        return None
    timetable = timetables[wish.provider_id]
    if places := places_open(wish, timetable):
        return places[0]
    others = (mode for mode in wish.service.modes if places_open(wish, timetable, mode))
    raise ModeNotOffered if any(others) else SlotNotOffered


def _refuse_when_child_is_busy(wish: Wish) -> None:
    """Refuse a second place for the child at that time, and too many holds of one person."""
    elsewhere, holds = bookings_in_the_way(
        child_id=wish.child.pk,
        starts_at=wish.starts_at,
        ends_at=wish.ends_at,
        now=wish.now,
        person_id=wish.booked_by.pk,
        series_id=wish.series.pk if wish.series else 0,
        together_id=wish.together_id or NIL,
    )
    if elsewhere and wish.attendee == Attendee.CHILD:
        raise ChildAlreadyBooked(elsewhere[0])
    if holds >= MAX_HOLDS:
        raise TooManyHolds


def _refuse_when_not_free(wish: Wish, timetable: Timetable) -> None:
    if not timetable.is_free(*wish.busy):
        raise wish.taken()
    if timetable.is_full(wish.starts_on):
        raise wish.taken(DayFull)


def _kept_slot(wish: Wish, timetable: Timetable, place: PlaceId) -> Booking:
    _refuse_when_not_free(wish, timetable)
    occupancy = Occupancy.objects.create(
        provider_id=wish.provider_id,
        service=wish.service,
        location_id=place,
        room_id=_room_for(wish, place),
        busy_from=wish.busy_from,
        starts_at=wish.starts_at,
        ends_at=wish.ends_at,
        busy_until=wish.busy_until,
        seats_taken=1,
    )
    timetable.take(seconds(wish.starts_at), wish.busy)
    return _kept(wish, occupancy)


def _room_for(wish: Wish, place: PlaceId) -> int | None:
    if not wish.needs_room or place is None:
        return None
    try:
        return choose_room(location_id=place, busy_from=wish.busy_from, busy_until=wish.busy_until)
    except RoomTaken:
        raise wish.taken(RoomTaken) from None


def _kept_seat(wish: Wish, session: Occupancy) -> Booking:
    try:
        take_seat(session.pk)
    except SeatsGone:
        raise SeatsGone(partial(nearest_open_slots, service=wish.service, around=wish.starts_at)) from None
    return _kept(wish, session)


def _kept(wish: Wish, occupancy: Occupancy) -> Booking:
    return Booking.objects.create(
        occupancy=occupancy,
        service=wish.service,
        child=wish.child,
        attendee=wish.attendee,
        booked_by=wish.booked_by,
        mode=wish.mode,
        starts_at=occupancy.starts_at,
        ends_at=occupancy.ends_at,
        held_until=hold_end(starts_at=wish.starts_at, wanted=wish.now + wish.held_for),
        together_id=wish.together_id,
        series=wish.series,
        created_at=wish.now,
        cancellation_windows=wish.service.product.cancellation_windows,
    )
