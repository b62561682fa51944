"""Group sessions: one occupancy with several seats, held when enough people come."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.core.formatting import moment_text

from ..enums import BookingStatus, CancelledBy, Mode, OccupancyKind
from ..errors import BookingEnded, NotYourBooking, SlotInThePast, SlotNotOffered, TooLateToChange, TooManySeats
from ..locks import lock_provider, lock_provider_of_service, lock_rooms, locked_bookings
from ..models import Booking, HealthcareService, Location, Occupancy, Provider
from ..retry import retried
from ..rules import DECIDE_AT_LATEST, DECIDE_BEFORE, PAID_AHEAD, is_too_large_for_a_room, may_act_for
from .places import announce, end_bookings, refusing_overlaps, release_expired_holds_of
from .rooms import choose_room
from .telling import tell_family


@retried
def schedule_group_session(
    *,
    service: HealthcareService,
    provider: Provider,
    starts_at: datetime,
    seats: int,
    minimum_seats: int = 0,
    location: Location | None = None,
    now: datetime | None = None,
) -> Occupancy:
    """Put a group session into a provider's time, inside the weekly hours or not; a room with it where one is needed.

    With fewer than `minimum_seats` paid two days before, it does not take place (`decide_group`). `location`: where, if
    not at the service's own.

    Raises:
        SlotInThePast: it would already have begun.
        SlotNotOffered: the provider does not give this service, or it is not on sale.
        TooManySeats: it can be joined from afar, and a room holds no more than eight.
        SlotTaken: the provider has something else then. RoomTaken: no room is free that holds so many.
    """
    now = now or timezone.now()
    if starts_at <= now:
        raise SlotInThePast
    if is_too_large_for_a_room(service.modes, seats):
        raise TooManySeats
    ends_at = starts_at + timedelta(minutes=service.duration_minutes)
    busy_from = starts_at - timedelta(minutes=service.buffer_before_minutes)
    busy_until = ends_at + timedelta(minutes=service.buffer_minutes)
    location_id = location.pk if location else service.location_id
    with refusing_overlaps():
        if not lock_provider_of_service(provider_id=provider.pk, service_id=service.pk):
            raise SlotNotOffered
        release_expired_holds_of(provider.pk, now=now)
        room_id = None
        if service.needs_room and Mode.IN_PERSON in service.modes and location_id:
            lock_rooms([location_id])
            room_id = choose_room(location_id=location_id, busy_from=busy_from, busy_until=busy_until, people=seats + 1)
        session = Occupancy.objects.create(
            provider=provider,
            service=service,
            location_id=location_id,
            room_id=room_id,
            kind=OccupancyKind.GROUP,
            busy_from=busy_from,
            starts_at=starts_at,
            ends_at=ends_at,
            busy_until=busy_until,
            seats=seats,
            minimum_seats=minimum_seats,
        )
        announce([provider.pk])
    return session


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a group session takes place; None when that is not said yet. `booking_ids`: places to be refunded."""

    runs: bool | None
    booking_ids: tuple[int, ...] = ()


def undecided_groups(*, now: datetime) -> list[int]:
    """Return the group sessions with a minimum, by start, whose time to decide has come."""
    waiting = Occupancy.objects.filter(
        kind=OccupancyKind.GROUP,
        is_live=True,
        minimum_seats__gt=0,
        decided_at=None,
        starts_at__gt=now,
        starts_at__lte=now + DECIDE_BEFORE,
    )
    return list(waiting.order_by("starts_at", "pk").values_list("pk", flat=True))


@retried
@transaction.atomic(durable=True)
def decide_group(*, occupancy_id: int, now: datetime | None = None) -> Decision:
    """Say whether a group session takes place: it does with as many paid places as its minimum.

    Families about to pay are waited for while they could make up the number, until a day before. One that does not take
    place ends at once: nobody joins any more, holds end, and what is paid becomes a request without a yes, so that
    whoever refunds (the order above; its beat, too) finds it.
    """
    now = now or timezone.now()
    session, paid, held = _locked_session(occupancy_id, now)
    if session.decided_at is not None or not session.is_live:
        return Decision(None)
    if len(paid) >= session.minimum_seats:
        return _runs(session, paid, now)
    if len(paid) + len(held) >= session.minimum_seats and now < session.starts_at - DECIDE_AT_LATEST:
        return Decision(None)
    return Decision(False, _end_session(session, paid, held, decided_at=now, now=now))


def _runs(session: Occupancy, paid: list[Booking], now: datetime) -> Decision:
    session.decided_at = now
    session.save(update_fields=["decided_at"])
    body = _("{when} 的活动人数够了，确定举办，到时候见。").format(when=moment_text(session.starts_at))
    for booking in paid:
        tell_family(booking, "group-runs", _("活动确定举办"), body)
    return Decision(True)


@retried
@transaction.atomic(durable=True)
def call_off_group(*, occupancy_id: int, called_off_by: User, now: datetime | None = None) -> tuple[int, ...]:
    """Take a group session back for its provider; return the places to be refunded.

    Like one that has too few people (`decide_group`), but no number decided it, and `decided_at` is empty again.

    Raises:
        NotYourBooking: of another provider or partner.
        BookingEnded, TooLateToChange: it will not take place anyway, or has begun.
    """
    now = now or timezone.now()
    session, paid, held = _locked_session(occupancy_id, now)
    if not may_act_for(called_off_by, session.provider) or session.kind != OccupancyKind.GROUP:
        raise NotYourBooking
    if not session.is_live:
        raise BookingEnded
    if session.starts_at <= now:
        raise TooLateToChange
    return _end_session(session, paid, held, decided_at=None, now=now)


def _locked_session(occupancy_id: int, now: datetime) -> tuple[Occupancy, list[Booking], list[Booking]]:
    """Return a session, its paid places and those about to be paid, all locked after its provider."""
    provider_id = Occupancy.objects.values_list("provider_id", flat=True).get(pk=occupancy_id)
    lock_provider(provider_id)
    release_expired_holds_of(provider_id, now=now)
    places = locked_bookings(
        Booking.objects.filter(occupancy=occupancy_id)
        .exclude(status=BookingStatus.CANCELLED)
        .values_list("pk", flat=True)
    )
    session = Occupancy.objects.select_related("provider__partner").get(pk=occupancy_id)
    paid = [booking for booking in places if booking.status in PAID_AHEAD]
    held = [booking for booking in places if booking.status == BookingStatus.PENDING]
    return session, paid, held


def _end_session(
    session: Occupancy, paid: list[Booking], held: list[Booking], *, decided_at: datetime | None, now: datetime
) -> tuple[int, ...]:
    end_bookings(held, cancelled_by=CancelledBy.PROVIDER, now=now)
    Occupancy.objects.filter(pk=session.pk).update(is_live=False, decided_at=decided_at)
    ids = tuple(booking.pk for booking in paid)
    Booking.objects.filter(pk__in=ids).update(status=BookingStatus.PROPOSED, answer_by=now)
    announce([session.provider_id])
    return ids
