"""Reads of messages about bookings. Who may read the words of a talk was decided before they are asked for."""

from collections.abc import Iterable

from django.db.models import Count, Max, Q, QuerySet

from catalog.scheduling.models import Booking, Provider
from marketplace.accounts.models import User

from .models import BookingMessage


def talk_of(booking: Booking, person: User) -> QuerySet[BookingMessage]:
    """Return what one person of the family and the organisation said about a booking, the oldest first."""
    return BookingMessage.objects.filter(booking=booking, person=person).select_related("person", "author")


def talked_about(providers: QuerySet[Provider]) -> QuerySet[Booking]:
    """Return these providers' bookings that are talked about, what waits for an answer first."""
    unread = Count("messages", filter=Q(messages__is_from_family=True, messages__read_at=None))
    return (
        Booking.objects.filter(occupancy__provider__in=providers, messages__isnull=False)
        .annotate(unread=unread, last_said_at=Max("messages__sent_at"))
        .select_related("child", "occupancy__provider", "service__product", "booked_by")
        .order_by("-unread", "-last_said_at", "-pk")
    )


def unread_by_organisation(providers: QuerySet[Provider]) -> int:
    """Return how many messages of families nobody of the organisation has read."""
    return BookingMessage.objects.filter(
        booking__occupancy__provider__in=providers, is_from_family=True, read_at=None
    ).count()


def people_of(booking: Booking) -> list[User]:
    """Return those of the family with whom one may talk about a booking: who booked, and the young person's account."""
    people: Iterable[User | None] = (booking.booked_by, booking.child.account)
    return list({person.pk: person for person in people if person is not None}.values())


def unread_by_family(booking: Booking, person: User) -> int:
    """Return how many answers this person has not read."""
    return talk_of(booking, person).filter(is_from_family=False, read_at=None).count()
