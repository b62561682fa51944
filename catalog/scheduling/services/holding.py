"""Keeping a time for a family while it pays."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.families.models import Child

from ..enums import Attendee, OccupancyKind
from ..errors import SlotNotOffered, SlotTaken
from ..models import Booking, BookingSeries, HealthcareService, Occupancy, Provider
from ..retry import retried
from ..rules import HOLD_FOR
from .keeping import hold_within
from .places import refusing_overlaps
from .whoever import free_providers
from .wishes import Wish, refuse_impossible


def hold_slot(
    *,
    service: HealthcareService,
    provider: Provider | None,
    starts_at: datetime,
    child: Child,
    mode: str,
    booked_by: User,
    held_for: timedelta = HOLD_FOR,
    attendee: Attendee = Attendee.CHILD,
    together_id: UUID | None = None,
    series: BookingSeries | None = None,
    now: datetime | None = None,
) -> Booking:
    """Keep an individual session, with its room where it needs one; with no provider named, with whoever has least to do.

    For half an hour, or as long as `held_for` says, never past the start. Opens its own transactions; deadlocks are tried
    again.

    Raises:
        SlotTaken (RoomTaken, DayFull): somebody was quicker; carries the nearest other times.
        SlotNotOffered, SlotInThePast, ModeNotOffered: the time or mode was never on offer.
        NotYourChild, ChildAlreadyBooked, TooManyHolds: this person may not keep it.
    """
    wish = Wish(
        service,
        starts_at,
        child,
        mode,
        booked_by,
        now or timezone.now(),
        held_for=held_for,
        attendee=attendee,
        together_id=together_id,
        series=series,
    )
    refuse_impossible(wish)
    if provider is not None:
        return _hold(replace(wish, provider_id=provider.pk))
    for candidate in free_providers(wish):
        try:
            return _hold(replace(wish, provider_id=candidate))
        except SlotTaken:
            continue
    raise wish.taken()


def hold_seat(
    *,
    occupancy: Occupancy,
    child: Child,
    mode: str,
    booked_by: User,
    held_for: timedelta = HOLD_FOR,
    attendee: Attendee = Attendee.CHILD,
    together_id: UUID | None = None,
    now: datetime | None = None,
) -> Booking:
    """Keep one seat of a group session, as `hold_slot` keeps a time. Opens its own transaction; deadlocks are tried again.

    Raises:
        SeatsGone: the group is full; carries the nearest other sessions.
        SlotNotOffered, SlotInThePast, ModeNotOffered: it cannot be booked, or not so.
        NotYourChild, ChildAlreadyBooked, TooManyHolds: this person may not keep it.
    """
    if occupancy.kind != OccupancyKind.GROUP or occupancy.service is None:
        raise SlotNotOffered
    wish = Wish(
        occupancy.service,
        occupancy.starts_at,
        child,
        mode,
        booked_by,
        now or timezone.now(),
        provider_id=occupancy.provider_id,
        session=occupancy,
        held_for=held_for,
        attendee=attendee,
        together_id=together_id,
    )
    refuse_impossible(wish)
    return _hold(wish)


@retried
def _hold(wish: Wish) -> Booking:
    with refusing_overlaps(wish.look_for_others):
        [booking] = hold_within([wish])
    return booking
