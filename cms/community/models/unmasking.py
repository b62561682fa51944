from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel

from ..enums import UnmaskingReason, UnmaskingState
from .aliases import Alias


class Unmasking(PublicIdModel):
    """One question of our staff, who an alias is: asked by one, decided by another, and good for a short time only."""

    alias = models.ForeignKey(Alias, models.CASCADE, related_name="unmaskings")
    reason = models.CharField(max_length=12, choices=UnmaskingReason)
    why = EncryptedTextField(subject="public_id", max_length=600)
    state = models.CharField(max_length=8, choices=UnmaskingState, default=UnmaskingState.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="unmaskings_asked"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="unmaskings_decided"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(asked_by=None) | ~Q(decided_by=F("asked_by")),
                name="unmasking_needs_two_persons",
            ),
            models.CheckConstraint(
                condition=~Q(state="granted") | Q(decided_at__isnull=False, expires_at__isnull=False),
                name="granted_unmasking_ends",
            ),
            models.UniqueConstraint(fields=["alias"], condition=Q(state="asked"), name="one_open_unmasking"),
        ]

    def __str__(self) -> str:
        return f"{self.alias_id} {self.state}"
