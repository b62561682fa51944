"""The diary, and to whom single pages of it were shown. No workflow here."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.consent.models import Consent
from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel
from marketplace.families.models import Child

from .moods import MoodEntry

#: The longest page: about five of paper.
DIARY_LENGTH = 8_000


class DiaryEntry(PublicIdModel):
    """One page of a young person's diary; visible to nobody else until it is shared, and then to one person.

    `revision` goes up with every save, so that an older window cannot overwrite a newer one.
    """

    child = models.ForeignKey(Child, models.CASCADE, related_name="diary_entries")
    text = EncryptedTextField(_("日记"), subject="child.public_id", max_length=DIARY_LENGTH)
    about_on = models.DateField(_("写的是哪一天"))
    revision = models.PositiveIntegerField(default=1)
    written_at: datetime = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-about_on", "-written_at", "-pk"]
        indexes = [models.Index(fields=["child", "-about_on", "-written_at", "-id"], name="diary_of_child")]

    def __str__(self) -> str:
        return f"{self.about_on:%F}"


class DiaryChoice(models.Model):
    """Whether a young person wants the safety gate to read along what they write for themselves; off until they say so."""

    child = models.OneToOneField(Child, models.CASCADE, related_name="diary_choice")
    is_read_along = models.BooleanField(_("写下时看一眼有没有危险"), default=False)
    chosen_at: datetime = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.child_id}: {self.is_read_along}"


class EntryShare(PublicIdModel):
    """That one page or one mood is meant for one person (FHIR Provenance beside the Consent).

    A page opens only while this row is not withdrawn *and* the consent opens it: either lock alone keeps it shut.
    `consent` is None while a child under 14 waits for a guardian's yes. `until` is what the young person chose.
    """

    child = models.ForeignKey(Child, models.CASCADE, related_name="entry_shares")
    diary = models.ForeignKey(DiaryEntry, models.CASCADE, null=True, blank=True, related_name="shares")
    mood = models.ForeignKey(MoodEntry, models.CASCADE, null=True, blank=True, related_name="shares")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="entries_shown")
    purpose = models.CharField(max_length=16)
    consent = models.OneToOneField(Consent, models.PROTECT, null=True, blank=True, related_name="entry_share")
    until = models.DateTimeField(_("给看到什么时候"))
    shared_at: datetime = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-shared_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(diary=None, mood__isnull=False) | Q(diary__isnull=False, mood=None),
                name="share_is_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["diary", "recipient"],
                condition=Q(withdrawn_at=None, diary__isnull=False),
                name="diary_shared_once_with_one",
            ),
            models.UniqueConstraint(
                fields=["mood", "recipient"],
                condition=Q(withdrawn_at=None, mood__isnull=False),
                name="mood_shared_once_with_one",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-shared_at"], name="shares_shown_to", condition=Q(withdrawn_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.shared_at:%F %H:%M}"

    @property
    def entry(self) -> DiaryEntry | MoodEntry:
        """What is shared."""
        found = self.diary or self.mood
        assert found is not None  # a constraint of the table
        return found
