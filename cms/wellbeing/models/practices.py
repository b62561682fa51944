"""What somebody kept of a practice: how it felt before and after, and words they wished to keep. No workflow here."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption.fields import EncryptedJSONField
from marketplace.core.models import PublicIdModel


class PracticeRun(PublicIdModel):
    """One time through a practice, kept because its owner asked for it; theirs alone.

    `practice` is the slug of `practices.PRACTICES`. `felt` holds {"before": 0-10 or null, "after": 0-10 or null};
    `words` what was written, by the names of the practice's fields, or null.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="practice_runs")
    practice = models.CharField(_("练习"), max_length=24)
    felt = EncryptedJSONField(_("前后的感觉"), subject="owner.public_id")
    words = EncryptedJSONField(_("写下的话"), subject="owner.public_id", null=True, blank=True)
    started_at: datetime = models.DateTimeField(default=timezone.now)
    ended_at: datetime = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-ended_at", "-pk"]
        indexes = [models.Index(fields=["owner", "practice", "-ended_at"], name="runs_of_owner")]
        constraints = [models.CheckConstraint(condition=Q(ended_at__gte=F("started_at")), name="run_ends_after_start")]

    def __str__(self) -> str:
        return f"{self.practice} {self.ended_at:%F %H:%M}"
