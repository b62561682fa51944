"""Private addresses at which a phone or another calendar reads one's own bookings."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from marketplace.accounts.models import User

from ..enums import FeedKind
from ..models import CalendarFeed

#: A phone asks every few minutes; that it still does is worth knowing by the hour.
NOTED_EVERY = timedelta(hours=1)


@transaction.atomic(durable=True)
def open_feed(*, person: User, kind: FeedKind, now: datetime | None = None) -> tuple[CalendarFeed, str]:
    """Make a private address for a person's bookings, and end the one before it; return it with its secret.

    The secret is shown once: only its digest is kept.
    """
    now = now or timezone.now()
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    end_feed(person=person, kind=kind, now=now)
    secret = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(person=person, kind=kind, digest=CalendarFeed.digest_of(secret), created_at=now)
    return feed, secret


@transaction.atomic
def end_feed(*, person: User, kind: FeedKind, now: datetime | None = None) -> None:
    """Close a person's private address: whoever knows it reads nothing any more. None open is no error."""
    person.calendar_feeds.filter(kind=kind, ended_at=None).update(ended_at=now or timezone.now())


def note_feed_read(*, feed: CalendarFeed, now: datetime) -> None:
    """Note that somebody still reads this address."""
    due = Q(read_at=None) | Q(read_at__lt=now - NOTED_EVERY)
    CalendarFeed.objects.filter(due, pk=feed.pk).update(read_at=now)
