"""A school's lists, each version whole; no workflow here."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from catalog.partner.models import Partner
from marketplace.core.encryption.fields import EncryptedJSONField
from marketplace.core.models import PublicIdModel

from .enums import ListKind, ListState


class SchoolList(PublicIdModel):
    """One version of a list that a school brought: the file as rows, sealed, so that undoing is taking the one before.

    Lists of classes hold seat numbers, never names of pupils: what a number means stays in the school.
    """

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="school_lists")
    kind = models.CharField(max_length=8, choices=ListKind)
    state = models.CharField(max_length=8, choices=ListState, default=ListState.DRAFT)
    content = EncryptedJSONField(subject="public_id")
    row_count = models.PositiveIntegerField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    applied_at = models.DateTimeField(null=True, blank=True)
    #: Since when it is of no use: a past list since the next one holds, a draft since it was brought.
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "kind"], condition=Q(state="current"), name="one_school_list_in_force"
            ),
            models.UniqueConstraint(
                fields=["partner", "kind"], condition=Q(state="draft"), name="one_school_list_draft"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", applied_at=None, ended_at__isnull=False)
                | Q(state="current", applied_at__isnull=False, ended_at=None)
                | Q(state="past", applied_at__isnull=False, ended_at__isnull=False),
                name="school_list_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.uploaded_at:%F}"
