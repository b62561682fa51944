"""Another way to hold the same session: its time and what was paid stay."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.core.formatting import moment_text

from ..enums import Mode, OccupancyKind
from ..errors import BookingEnded, ModeNotOffered, NotYourBooking, TooLateToChange
from ..locks import lock_family, locked_bookings
from ..models import Booking
from ..retry import retried
from ..rules import PAID_AHEAD, can_switch_mode
from ..selectors.availability import modes_of
from .places import announce
from .settling import Plan, carry_out, lock_rooms_for
from .telling import tell_provider


@retried
@transaction.atomic(durable=True)
def switch_mode(*, booking_id: int, mode: Mode | str, switched_by: User, now: datetime | None = None) -> Booking:
    """Hold a family's paid session another way, until it starts. In person it takes a room where it needs one.

    The same way again changes nothing.

    Raises:
        NotYourBooking: of a child this person does not care for.
        BookingEnded, TooLateToChange: it is over, or has begun.
        ModeNotOffered: the service or the provider's hours at that time do not offer it.
        RoomTaken: no room is free then.
    """
    now = now or timezone.now()
    booking = next(iter(locked_bookings([booking_id])), None)
    if booking is None:
        raise NotYourBooking
    plan = _plan_of(booking, str(mode), now)
    lock_rooms_for([plan] if plan else [])
    if not lock_family(person_id=switched_by.pk, child_id=booking.child_id):
        raise NotYourBooking
    if booking.mode == mode:
        return booking
    if plan is not None:
        carry_out(plan)
    booking.mode = str(mode)
    booking.save(update_fields=["mode"])
    tell_provider(
        booking,
        f"mode:{booking.mode}:{now:%y%m%d%H%M%S}",
        _("预约方式有变"),
        _("{when} 的预约改为{mode}。").format(
            when=moment_text(booking.occupancy.starts_at), mode=booking.get_mode_display()
        ),
    )
    announce([booking.occupancy.provider_id])
    return booking


def modes_to_switch_to(booking: Booking, *, now: datetime | None = None) -> list[Mode]:
    """Return the other ways in which a paid booking could be held at its time; rooms are asked about when it is done."""
    now = now or timezone.now()
    if not can_switch_mode(booking, now=now):
        return []
    return [
        Mode(mode) for mode in modes_of(booking.service) if mode != booking.mode and _is_offered(booking, mode, now)
    ]


def _is_offered(booking: Booking, mode: str, now: datetime) -> bool:
    try:
        _plan_of(booking, mode, now)
    except ModeNotOffered:
        return False
    return True


def _plan_of(booking: Booking, mode: str, now: datetime) -> Plan | None:
    """Return how an individual session would be held; None for a seat of a group, which stays where the group is."""
    if not can_switch_mode(booking, now=now):
        raise TooLateToChange if booking.status in PAID_AHEAD else BookingEnded
    if mode not in modes_of(booking.service):
        raise ModeNotOffered
    if booking.occupancy.kind == OccupancyKind.GROUP:
        return None
    plan = Plan(booking, booking.occupancy.starts_at, mode)
    return Plan(booking, plan.starts_at, mode, plan.open_place(now=now))
