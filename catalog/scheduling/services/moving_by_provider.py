"""A provider moves a session. The family may then cancel without loss until it starts: it never agreed to that time."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.core.formatting import moment_text

from ..enums import Attendee, BookingStatus, OccupancyKind
from ..errors import (
    BookingEnded,
    ChildAlreadyBooked,
    MemberBusy,
    NotYourBooking,
    RequestOpen,
    SlotInThePast,
    SomebodyIsPaying,
    TooLateToChange,
)
from ..locks import lock_children, lock_provider
from ..models import Booking, Occupancy
from ..retry import retried
from ..rules import may_act_for
from ..selectors.bookings import ids_taken_together
from .moving import locked_to_move, note_moved
from .places import announce, refuse_when_child_is_busy, refusing_overlaps, release_expired_holds_of
from .settling import Plan, carry_out, lock_rooms_for, stand_aside
from .telling import tell_family


@retried
@transaction.atomic(durable=True)
def move_by_provider(*, booking_id: int, starts_at: datetime, moved_by: User, now: datetime | None = None) -> Booking:
    """Move the session a booking stands in, with everybody in it, for its provider: to any time that is free of others.

    The provider's own hours do not bind, neither does a deadline. Families are told, and what stands together with a
    moved place may be cancelled without loss too.

    Raises:
        NotYourBooking: of another provider or partner.
        BookingEnded, TooLateToChange: it was cancelled, or has begun.
        SomebodyIsPaying, RequestOpen: a place in it is not paid yet, or not answered.
        SlotInThePast, SlotTaken, RoomTaken, MemberBusy: the new time cannot be had.
    """
    occupancy_id = Booking.objects.filter(pk=booking_id).values_list("occupancy_id", flat=True).first()
    if occupancy_id is None:
        raise NotYourBooking
    bookings = _moved(occupancy_id, starts_at, moved_by, now or timezone.now())
    booking = next((each for each in bookings if each.pk == booking_id), None)
    if booking is None:
        raise BookingEnded
    return booking


@retried
@transaction.atomic(durable=True)
def move_session(
    *, occupancy_id: int, starts_at: datetime, moved_by: User, now: datetime | None = None
) -> list[Booking]:
    """Move a session by its occupancy, a group's with no member yet included; return who is in it. As `move_by_provider`."""
    return _moved(occupancy_id, starts_at, moved_by, now or timezone.now())


def _moved(occupancy_id: int, starts_at: datetime, moved_by: User, now: datetime) -> list[Booking]:
    session = Occupancy.objects.select_related("provider__partner", "provider__user", "service").get(pk=occupancy_id)
    if not may_act_for(moved_by, session.provider):
        raise NotYourBooking
    if starts_at <= now:
        raise SlotInThePast
    bookings = _locked_members(session, starts_at, now)
    session.refresh_from_db()
    _refuse_unmovable(session, bookings, now)
    if session.starts_at == starts_at:
        return bookings
    before = moment_text(session.starts_at)
    stand_aside([session])
    plan = _plan(session, bookings, starts_at)
    lock_rooms_for([plan] if plan else [])
    _refuse_when_members_are_busy(session, bookings, starts_at, now)
    _carry_out(session, plan, starts_at)
    for booking in bookings:
        booking.occupancy = session
        booking.starts_at, booking.ends_at = session.starts_at, session.ends_at
        note_moved(booking, by_provider_at=now)
        _free_what_stands_together(booking, now)
        _tell(booking, before)
    announce([session.provider_id])
    return bookings


def _locked_members(session: Occupancy, starts_at: datetime, now: datetime) -> list[Booking]:
    """Return who is in a session, locked after its provider, with nobody joining meanwhile."""
    lock_provider(session.provider_id)
    release_expired_holds_of(session.provider_id, now=now)
    members = list(
        Booking.objects.filter(occupancy=session)
        .exclude(status=BookingStatus.CANCELLED)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    return locked_to_move(members, to=starts_at, of=members[0], now=now) if members else []


def _refuse_unmovable(session: Occupancy, bookings: Sequence[Booking], now: datetime) -> None:
    if not session.is_live or (session.kind != OccupancyKind.GROUP and not bookings):
        raise BookingEnded
    if session.starts_at <= now:
        raise TooLateToChange
    statuses = {booking.status for booking in bookings}
    if BookingStatus.PENDING in statuses:
        raise SomebodyIsPaying
    if BookingStatus.PROPOSED in statuses:
        raise RequestOpen
    if statuses - {BookingStatus.BOOKED}:
        raise BookingEnded


def _plan(session: Occupancy, bookings: Sequence[Booking], starts_at: datetime) -> Plan | None:
    """Return an individual session as it is to be, at the place where it was; None for a group."""
    if session.kind == OccupancyKind.GROUP:
        return None
    return Plan(bookings[0], starts_at, bookings[0].mode, session.location_id)


def _refuse_when_members_are_busy(
    session: Occupancy, bookings: Sequence[Booking], starts_at: datetime, now: datetime
) -> None:
    lock_children({booking.child_id for booking in bookings})
    try:
        for booking in bookings:
            if booking.attendee == Attendee.CHILD:
                ends_at = session.ends_at + (starts_at - session.starts_at)
                refuse_when_child_is_busy(booking, starts_at=starts_at, ends_at=ends_at, now=now)
    except ChildAlreadyBooked:
        raise MemberBusy from None


def _carry_out(session: Occupancy, plan: Plan | None, starts_at: datetime) -> None:
    """Give a session its new time; a group keeps its room, which must be free then."""
    if plan is not None:
        carry_out(plan)
        session.refresh_from_db()
        return
    by = starts_at - session.starts_at
    for field in ("busy_from", "starts_at", "ends_at", "busy_until"):
        setattr(session, field, getattr(session, field) + by)
    session.is_live = True
    with refusing_overlaps():
        session.save(update_fields=["busy_from", "starts_at", "ends_at", "busy_until", "is_live"])


def _free_what_stands_together(booking: Booking, now: datetime) -> None:
    """Who came for both may give up both: places taken together with a moved one may be cancelled without loss too."""
    others = [pk for pk in ids_taken_together(booking.pk) if pk != booking.pk]
    Booking.objects.filter(pk__in=others, moved_by_provider_at=None).update(moved_by_provider_at=now)


def _tell(booking: Booking, before: str) -> None:
    body = _("很抱歉，机构把你 {before} 的预约改到了 {after}。不合适的话，开始前都可以取消，全额退回。")
    tell_family(
        booking,
        f"moved:{booking.moved_count}",
        _("预约时间有变"),
        body.format(before=before, after=moment_text(booking.occupancy.starts_at)),
    )
