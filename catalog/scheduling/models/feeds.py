"""Private addresses at which a phone or another calendar reads one's own bookings."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from marketplace.core.models import PublicIdModel

from ..enums import FeedKind


class CalendarFeed(PublicIdModel):
    """One private calendar address of a person; only the digest of its secret is kept."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feeds")
    kind = models.CharField(max_length=10, choices=FeedKind)
    digest = models.CharField(max_length=64, unique=True)
    created_at: datetime = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], condition=Q(ended_at__isnull=True), name="one_feed_each")
        ]

    @staticmethod
    def digest_of(secret: str) -> str:
        """Return what is kept of a secret; it is random enough to need no salt."""
        return hashlib.sha256(secret.encode()).hexdigest()

    def __str__(self) -> str:
        return self.get_kind_display()
