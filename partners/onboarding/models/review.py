"""What our reviewers check and ask."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel

from ..enums import CheckResult, Step
from .applications import Application


class Check(models.Model):
    """One point of the checklist, for one version: what was checked before says nothing about what was changed after."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="checks")
    version = models.PositiveIntegerField()
    item = models.CharField(max_length=30)
    result = models.CharField(max_length=10, choices=CheckResult)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    checked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "version", "item"], name="checked_once_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.result}"


class Question(PublicIdModel):
    """Something a reviewer asks the organisation, and its answer."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="questions")
    step = models.CharField(_("关于哪一步"), max_length=12, choices=Step)
    text = EncryptedTextField(_("问题"), subject="application.public_id", max_length=500)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answer = EncryptedTextField(_("回答"), subject="application.public_id", blank=True, max_length=1000)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        indexes = [
            models.Index(fields=["application"], name="question_unanswered", condition=Q(answered_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.asked_at:%Y-%m-%d}"
