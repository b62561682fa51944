"""Holds that keep records beyond their period, and the reports of what was erased. No workflow here."""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel


class LegalHold(PublicIdModel):
    """That nothing about one person may be erased for now: a dispute, a case, an order of an authority.

    `subject_id` is the public id of a child's profile or of an account. The reason is readable only here.
    """

    subject_id: UUID = models.UUIDField(_("对象的编号"))
    reason = EncryptedTextField(_("原因"), subject="public_id")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-set_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id"], condition=models.Q(released_at=None), name="one_live_hold_per_subject"
            ),
            models.CheckConstraint(
                condition=models.Q(released_at=None, released_by=None)
                | models.Q(released_at__isnull=False, released_by__isnull=False),
                name="hold_released_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.subject_id)


class RetentionRun(models.Model):
    """One pass over every class; unfinished while `finished_at` is empty, and then taken up again."""

    due_at = models.DateTimeField(help_text=_("到期与否按这一刻判断"))
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                models.ExpressionWrapper(models.Q(finished_at=None), models.BooleanField()),
                condition=models.Q(finished_at=None),
                name="one_run_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class RetentionLine(models.Model):
    """What one run found and did in one class. `oldest_left_at` is the oldest row that stays, held rows included."""

    run = models.ForeignKey(RetentionRun, models.CASCADE, related_name="lines")
    key = models.CharField(max_length=40)
    found = models.PositiveBigIntegerField(default=0)
    erased = models.PositiveBigIntegerField(default=0)
    held_back = models.PositiveBigIntegerField(default=0)
    oldest_left_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=80, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["run", "key"], name="one_line_per_class_and_run")]

    def __str__(self) -> str:
        return f"{self.key}: {self.erased}/{self.found}"
