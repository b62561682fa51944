"""Who has booked what."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from catalog.partner.models import Partner
from marketplace.accounts.models import User

from ..enums import LIVE_BOOKING_STATUSES, BookingStatus, CancelledBy
from ..kept import kept_times
from ..models import Booking, BookingSeries, Provider
from ..rules import PAID_AHEAD
from ..sql import rows_of
from ..timetable import midnight, moment_of
from .family_sight import FamilySight, family_sight

#: Two short walks along an index each; as one condition with OR the planner reads far more. What was taken in one go (a
#: series, places together) is one hold.
_IN_THE_WAY = """
    SELECT booking.id, true FROM scheduling_booking booking
    WHERE booking.child_id = %s AND booking.attendee = 'child' AND booking.starts_at < %s AND booking.ends_at > %s
      AND booking.id <> %s
      AND booking.status <> 'cancelled' AND (booking.status <> 'pending' OR booking.held_until > %s)
    UNION ALL
    SELECT min(booking.id), false FROM scheduling_booking booking
    WHERE booking.booked_by_id = %s AND booking.status = 'pending' AND booking.held_until > %s
      AND booking.series_id IS DISTINCT FROM %s AND booking.together_id IS DISTINCT FROM %s
    GROUP BY coalesce('s' || booking.series_id, 't' || booking.together_id, 'b' || booking.id)
"""
#: The booking itself, and what is to be had or given up with it only.
_TOGETHER = """
    SELECT booking.id FROM scheduling_booking booking WHERE booking.id = %s
    UNION
    SELECT other.id FROM scheduling_booking booking
    JOIN scheduling_booking other ON other.together_id = booking.together_id AND other.together_id IS NOT NULL
    WHERE booking.id = %s AND other.status NOT IN ('cancelled', 'fulfilled', 'noshow')
    ORDER BY 1
"""
NIL = UUID(int=0)


def ids_taken_together(booking_id: int) -> list[int]:
    """Return the ids of a booking and of those that stand or fall with it and are not over; in order."""
    return [pk for (pk,) in rows_of(_TOGETHER, booking_id, booking_id)]


def in_force(*, now: datetime) -> Q:
    """Bookings that count: live, and no hold that has ended."""
    return Q(status__in=LIVE_BOOKING_STATUSES) & (~Q(status=BookingStatus.PENDING) | Q(held_until__gt=now))


def bookings_in_the_way(
    *,
    child_id: int,
    starts_at: datetime,
    ends_at: datetime,
    now: datetime,
    person_id: int = 0,
    ignoring: int = 0,
    series_id: int = 0,
    together_id: UUID = NIL,
) -> tuple[list[int], int]:
    """Return the bookings in force that the child itself has at that time, and how many holds the person has.

    In force is what is live, unless it is a hold that has ended. `ignoring` leaves one booking out. A guardian's seat
    beside a child is no place of the child's; `series_id` and `together_id` are what is being taken now, in one go.
    """
    rows = rows_of(_IN_THE_WAY, child_id, ends_at, starts_at, ignoring, now, person_id, now, series_id, together_id)
    same_time = [pk for pk, is_of_child in rows if is_of_child]
    return same_time, len(rows) - len(same_time)


def bookings_for_family(user: User, *, sight: FamilySight | None = None) -> QuerySet[Booking]:
    """Return the bookings of a family that this person may know of, with all that a card of them shows.

    How much of each may be shown, `sight.shows_detail` says.
    """
    return _with_all(Booking.objects.filter((sight or family_sight(user)).bookings()))


def upcoming_bookings(
    user: User, *, now: datetime | None = None, sight: FamilySight | None = None
) -> QuerySet[Booking]:
    """Return what still lies before the family: paid, asked for or held, not over; the next one first.

    Times that are kept for it and wait for a yes or no are not among them.
    """
    now = now or timezone.now()
    held = Q(status=BookingStatus.PENDING, held_until__gt=now)
    for kept in kept_times():
        held &= ~Q(pk__in=kept)
    return (
        bookings_for_family(user, sight=sight)
        .filter(held | Q(status__in=PAID_AHEAD), occupancy__ends_at__gt=now)
        .order_by("occupancy__starts_at", "pk")
    )


def past_bookings(user: User, *, now: datetime | None = None, sight: FamilySight | None = None) -> QuerySet[Booking]:
    """Return what is over or cancelled, the latest first; holds that simply ended were never bookings."""
    now = now or timezone.now()
    over = Q(occupancy__ends_at__lte=now) & ~Q(status=BookingStatus.PENDING)
    done = Q(status__in=(BookingStatus.FULFILLED, BookingStatus.NOSHOW, BookingStatus.CANCELLED))
    return (
        bookings_for_family(user, sight=sight)
        .filter(over | done)
        .exclude(cancelled_by=CancelledBy.EXPIRY)
        .order_by("-occupancy__starts_at", "-pk")
    )


def booking_for_user(user: User, public_id: UUID, *, sight: FamilySight | None = None) -> Booking:
    """Return one booking of the family. Raises Booking.DoesNotExist for anybody else's."""
    return bookings_for_family(user, sight=sight).get(public_id=public_id)


def held_bookings(user: User, *, now: datetime | None = None) -> QuerySet[Booking]:
    """Return the times this person keeps at the moment without having paid."""
    now = now or timezone.now()
    return _with_all(user.bookings_made.filter(status=BookingStatus.PENDING, held_until__gt=now))


def open_requests(partners: Collection[Partner], *, provider: Provider | None = None) -> QuerySet[Booking]:
    """Return the paid requests that wait for an answer of these partners (or of one provider), the most urgent first."""
    waiting = Booking.objects.filter(status=BookingStatus.PROPOSED, occupancy__provider__partner__in=partners)
    if provider is not None:
        waiting = waiting.filter(occupancy__provider=provider)
    return _with_all(waiting).order_by("answer_by", "pk")


def bookings_of_series(series: BookingSeries) -> QuerySet[Booking]:
    """Return the bookings of a series, the first one first, cancelled ones included."""
    return _with_all(series.bookings.all()).order_by("starts_at", "pk")


def bookings_of_provider(provider: Provider, from_on: date, to_on: date) -> QuerySet[Booking]:
    """Return a provider's bookings from one Shanghai day to another, both included; without cancelled ones."""
    return _between(Booking.objects.filter(occupancy__provider=provider), from_on, to_on)


def bookings_of_partner(partner: Partner | Collection[Partner], from_on: date, to_on: date) -> QuerySet[Booking]:
    """Return the bookings at a partner (or several) from one Shanghai day to another, without cancelled ones."""
    partners = [partner] if isinstance(partner, Partner) else partner
    return _between(Booking.objects.filter(occupancy__provider__partner__in=partners), from_on, to_on)


def _between(bookings: QuerySet[Booking], from_on: date, to_on: date) -> QuerySet[Booking]:
    begin, end = moment_of(midnight(from_on)), moment_of(midnight(to_on + timedelta(days=1)))
    span = bookings.filter(occupancy__starts_at__gte=begin, occupancy__starts_at__lt=end)
    return _with_all(span.exclude(status=BookingStatus.CANCELLED)).order_by("occupancy__starts_at", "pk")


def _with_all(bookings: QuerySet[Booking]) -> QuerySet[Booking]:
    return bookings.select_related(
        "occupancy__provider__partner", "occupancy__location", "service__product", "service__location", "child"
    )
