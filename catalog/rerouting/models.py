"""Sessions whose giver was withheld after they were booked."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from catalog.scheduling.models import Booking
from marketplace.core.models import PublicIdModel

from .enums import Outcome


class Rerouting(PublicIdModel):
    """That a family was told a session will not take place, what it may choose until when, and what it chose."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="reroutings")
    told_at: datetime = models.DateTimeField(default=timezone.now)
    decide_by = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-told_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["booking"], condition=Q(outcome=Outcome.OPEN), name="one_open_rerouting_of_a_booking"
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.OPEN) | Q(decided_at__isnull=False), name="rerouting_ended_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["decide_by"], name="rerouting_due", condition=Q(outcome="open"))]

    def __str__(self) -> str:
        return self.get_outcome_display()

    @property
    def is_open(self) -> bool:
        return self.outcome == Outcome.OPEN
