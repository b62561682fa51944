"""A provider's notes of a session: theirs alone, sealed, and unchanged once signed."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.scheduling.models import Booking, Provider
from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel
from marketplace.families.models import Child

#: The longest note: about ten pages.
NOTE_LENGTH = 20_000


class SessionNote(PublicIdModel):
    """What a provider wrote down of one session (FHIR DocumentReference: preliminary until signed, then final).

    Sealed by a key of its own, not by the child's: the organisation has to keep it when the family leaves (see the
    retention table), and the booking it belongs to goes years before it. A signed one is only ever added to: the database
    refuses any other change.
    """

    booking = models.OneToOneField(Booking, models.SET_NULL, null=True, blank=True, related_name="session_note")
    child = models.ForeignKey(Child, models.PROTECT, related_name="session_notes")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="session_notes")
    held_at = models.DateTimeField()
    body = EncryptedTextField(_("记录"), subject="public_id", max_length=NOTE_LENGTH, blank=True, default="")
    # Goes up with every save, so that an older window cannot overwrite a newer one.
    revision = models.PositiveIntegerField(default=0)
    started_at: datetime = models.DateTimeField(default=timezone.now)
    saved_at: datetime = models.DateTimeField(default=timezone.now)
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-held_at", "-pk"]
        indexes = [models.Index(fields=["child", "-held_at"], name="notes_of_child")]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | Q(revision__gte=1), name="note_is_written_before_it_is_signed"
            )
        ]

    def __str__(self) -> str:
        return f"{self.held_at:%F %H:%M}"

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None


class NoteAddendum(PublicIdModel):
    """Something added to a signed note; never changed."""

    note = models.ForeignKey(SessionNote, models.PROTECT, related_name="addenda")
    body = EncryptedTextField(_("补记"), subject="note.public_id", max_length=NOTE_LENGTH)
    added_at: datetime = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return f"{self.added_at:%F %H:%M}"
