"""The coping plan somebody keeps in their account, with its earlier versions. No workflow here."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption.fields import EncryptedJSONField
from marketplace.core.models import PublicIdModel


class CopingPlan(PublicIdModel):
    """A person's plan for hard moments, as it stands (FHIR CarePlan); one each, private.

    `sections` maps the keys of `coping.SECTIONS` to what was written there. `revision` goes up with every save, so that
    an older window or device cannot overwrite a newer one. `used_at` is the day it was last opened or saved.
    """

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="coping_plan")
    sections = EncryptedJSONField(_("应对卡"), subject="owner.public_id")
    revision = models.PositiveIntegerField(default=1)
    saved_at: datetime = models.DateTimeField(default=timezone.now)
    used_at: datetime = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.revision} {self.saved_at:%F}"


class EarlierPlan(PublicIdModel):
    """A plan as it was before a later save; written once, never edited."""

    plan = models.ForeignKey(CopingPlan, models.CASCADE, related_name="earlier")
    sections = EncryptedJSONField(subject="plan.owner.public_id")
    revision = models.PositiveIntegerField()
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-revision"]
        constraints = [models.UniqueConstraint(fields=["plan", "revision"], name="one_plan_per_revision")]

    def __str__(self) -> str:
        return f"{self.revision} {self.saved_at:%F}"
