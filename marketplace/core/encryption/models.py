"""One data key per person: what was written about them opens with it, and with nothing else."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from marketplace.core.models import PublicIdModel


class DataKey(PublicIdModel):
    """The keyset one subject's data is sealed with, itself sealed under a key of the key service (the KEK).

    `subject_id` is the public_id of the person the data is about. A destroyed key has lost its bytes for good and keeps
    its row, so that nothing is ever sealed for that subject again.
    """

    subject_id = models.UUIDField(unique=True, editable=False)
    wrapped_keyset = models.BinaryField(null=True, blank=True)
    kek_uri = models.CharField(max_length=300, help_text="which version of the key service's key wraps the keyset")
    created_at = models.DateTimeField(default=timezone.now)
    rewrapped_at = models.DateTimeField(null=True, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)
    destroy_reason = models.CharField(
        max_length=120, blank=True, help_text="a fixed word or a request's number, never a person's own sentence"
    )
    destroyed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(destroyed_at=None, wrapped_keyset__isnull=False)
                | models.Q(destroyed_at__isnull=False, wrapped_keyset=None),
                name="destroyed_data_key_has_no_bytes",
            )
        ]
        indexes = [
            models.Index(fields=["kek_uri", "id"], name="data_key_by_kek", condition=models.Q(destroyed_at=None))
        ]

    def __str__(self) -> str:
        return str(self.subject_id)
