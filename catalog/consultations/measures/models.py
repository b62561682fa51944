"""What young people answer before sessions, sealed with their own key."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.scheduling.models import Booking
from marketplace.core.encryption.fields import EncryptedJSONField, EncryptedTextField
from marketplace.core.models import PublicIdModel
from marketplace.families.models import Child

GOAL_LENGTH = 60


class Goal(PublicIdModel):
    """Something a young person wants to reach, in their own words (FHIR Goal)."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="goals")
    text = EncryptedTextField(_("目标"), subject="child.public_id", max_length=GOAL_LENGTH)
    set_at: datetime = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["set_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(ended_at__isnull=True), name="one_goal_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.set_at:%F}"


class Measurement(PublicIdModel):
    """One instrument, answered once before a session (FHIR QuestionnaireResponse).

    `answers` holds {"items": {item: points}, "score": sum}; which instrument it was, says little without them.
    """

    child = models.ForeignKey(Child, models.CASCADE, related_name="measurements")
    booking = models.ForeignKey(Booking, models.SET_NULL, null=True, blank=True, related_name="measurements")
    instrument = models.CharField(max_length=20)
    goal = models.ForeignKey(Goal, models.CASCADE, null=True, blank=True, related_name="measurements")
    answers = EncryptedJSONField(subject="child.public_id")
    answered_at: datetime = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["answered_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["booking", "instrument"], name="measured_once_a_session")]
        indexes = [models.Index(fields=["child", "answered_at"], name="measurements_of_child")]

    def __str__(self) -> str:
        return f"{self.instrument} {self.answered_at:%F}"


class Invitation(models.Model):
    """That a young person was asked before a session, and whether they would rather not."""

    booking = models.OneToOneField(Booking, models.CASCADE, related_name="measure_invitation")
    asked_at: datetime = models.DateTimeField(default=timezone.now)
    declined_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.asked_at:%F %H:%M}"
