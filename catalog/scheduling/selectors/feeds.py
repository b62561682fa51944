"""What a private calendar address shows."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from marketplace.accounts.models import User

from ..enums import BookingStatus, FeedKind, OccupancyKind
from ..models import Booking, BusyCalendar, CalendarFeed, Occupancy, Provider
from .bookings import bookings_for_family

#: A calendar keeps showing what was, for a while.
SHOWN_BACK = timedelta(days=31)
MOST = 500
_SHOWN = (BookingStatus.PROPOSED, BookingStatus.BOOKED, BookingStatus.FULFILLED)


def feed_of_secret(secret: str) -> CalendarFeed | None:
    """Return the open address with this secret, while its person may sign in; None otherwise."""
    found = CalendarFeed.objects.filter(
        digest=CalendarFeed.digest_of(secret), ended_at__isnull=True, person__is_active=True
    )
    return found.select_related("person").first()


def open_feed_of(person: User, kind: FeedKind) -> CalendarFeed | None:
    """Return a person's open address of a kind, if there is one; its secret nobody knows any more."""
    return person.calendar_feeds.filter(kind=kind, ended_at__isnull=True).first()


def shown_in_feed(feed: CalendarFeed, *, now: datetime) -> QuerySet[Booking] | QuerySet[Occupancy]:
    """Return what an address shows, by time: the sessions a person gives, or the bookings of their family.

    Of the family's, those that are the person's own or that they made themselves: that somebody else's were looked at
    would have to be written down each time.
    """
    since = now - SHOWN_BACK
    if feed.kind == FeedKind.PROVIDER:
        return _sessions_given(feed.person, since)
    own = Q(booked_by=feed.person) | Q(child__account=feed.person)
    bookings = bookings_for_family(feed.person).filter(own, status__in=_SHOWN, ends_at__gt=since)
    return bookings.order_by("starts_at", "pk")[:MOST]


def _sessions_given(person: User, since: datetime) -> QuerySet[Occupancy]:
    """Sessions with somebody in them, and rooms or lines kept for the person."""
    attended = Exists(Booking.objects.filter(occupancy=OuterRef("pk"), status__in=_SHOWN))
    reserved = Q(kind=OccupancyKind.BLOCKED, room__isnull=False)
    return (
        Occupancy.objects.filter(provider__user=person, is_live=True, busy_from__gt=since)
        .filter(Q(attended) | reserved)
        .select_related("location", "room")
        .order_by("starts_at", "pk")[:MOST]
    )


def busy_calendars_of(provider: Provider) -> QuerySet[BusyCalendar]:
    """Return the other calendars of a provider, with how their reading went; addresses stay sealed."""
    return provider.busy_calendars.order_by("pk")
