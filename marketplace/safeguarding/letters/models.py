"""Letters to a counsellor, in threads, and what happens to a thread. No workflow here."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.age_bands import AgeBand
from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel
from marketplace.families.models import Child

from .enums import EventKind, Reminder, ThreadStatus, WriterKind

#: The longest letter: about four pages of paper.
LETTER_LENGTH = 6_000
#: How somebody may sign, a name of their choice.
NAME_LENGTH = 20


class LetterThread(PublicIdModel):
    """Letters back and forth between one writer and one office (FHIR Communication).

    Whoever answers sees `writer_kind`, `band` and `signed_as`, never `writer` or `child`: who it is opens only to two
    people on safety duty together, at the desk for concerns (`concerns.Unsealing`). `office` is the key of a registered office ("ours", "school:<id>").
    `answer_by` is our promise on the oldest letter that waits; it is never paused and None while nothing waits.
    """

    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="letter_threads"
    )
    child = models.ForeignKey(Child, models.SET_NULL, null=True, blank=True, related_name="letter_threads")
    writer_kind = models.CharField(max_length=8, choices=WriterKind)
    band = models.CharField(_("年龄段"), max_length=8, choices=AgeBand)
    signed_as = EncryptedTextField(_("落款"), subject="public_id", max_length=NAME_LENGTH, blank=True, default="")
    office = models.CharField(max_length=60)
    status = models.CharField(max_length=10, choices=ThreadStatus, default=ThreadStatus.WAITING)
    handler = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    is_urgent = models.BooleanField(default=False, help_text=_("安全检查觉得要先看"))
    is_drill = models.BooleanField(default=False)
    opened_at: datetime = models.DateTimeField(default=timezone.now)
    last_letter_at: datetime = models.DateTimeField(default=timezone.now)
    answer_by = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-last_letter_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=ThreadStatus.WAITING) | Q(answer_by__isnull=False),
                name="waiting_thread_is_promised",
            ),
            models.CheckConstraint(
                condition=~Q(status=ThreadStatus.CLOSED) | Q(closed_at__isnull=False, answer_by=None),
                name="closed_thread_is_dated",
            ),
        ]
        indexes = [
            models.Index(fields=["writer", "-last_letter_at"], name="letters_of_writer"),
            models.Index(fields=["office", "answer_by"], name="letters_waiting", condition=Q(answer_by__isnull=False)),
            models.Index(fields=["last_letter_at"], name="letters_by_age"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)[:8]

    @property
    def is_open(self) -> bool:
        """Whether anything can still be written."""
        return self.status != ThreadStatus.CLOSED


class Letter(PublicIdModel):
    """One letter; written once, never edited.

    `answer_by` stands on letters of the writer that started a clock: the first after an answer. `answered_at` is when
    that clock stopped. `opened_at` is when the writer first opened an answer.
    """

    thread = models.ForeignKey(LetterThread, models.CASCADE, related_name="letters")
    is_answer = models.BooleanField(default=False)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    text = EncryptedTextField(_("信"), subject="thread.public_id", max_length=LETTER_LENGTH)
    sent_at: datetime = models.DateTimeField(default=timezone.now)
    answer_by = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_answer=False) | Q(answer_by=None, answered_at=None), name="answers_have_no_clock"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(answered_at__gte=F("sent_at")), name="letter_answered_after_sent"
            ),
        ]
        indexes = [models.Index(fields=["sent_at"], name="letters_with_clock", condition=Q(answer_by__isnull=False))]

    def __str__(self) -> str:
        return f"{self.sent_at:%F %H:%M}"


class ThreadEvent(PublicIdModel):
    """One thing that happened to a thread, for those who answer; written once, never edited."""

    thread = models.ForeignKey(LetterThread, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=EventKind)
    text = EncryptedTextField(subject="thread.public_id", blank=True, default="")
    # Null is the platform itself, and the writer who closed.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at: datetime = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.thread_id} {self.kind}"


class ReminderSent(models.Model):
    """That somebody was told of a letter that waits; once for each letter and hour."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="reminders")
    hours = models.PositiveSmallIntegerField(choices=Reminder)
    told_at: datetime = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "hours"], name="reminded_once_an_hour_mark")]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.hours}"
