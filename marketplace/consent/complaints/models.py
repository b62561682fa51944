"""Complaints about personal information, and everything that happens to one. No workflow here."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.consent.enums import DataItem
from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel

from .enums import OPEN_STATUSES, Cause, Clock, ClockState, ComplaintStatus, EntryKind, Side, Topic


class Complaint(PublicIdModel):
    """One complaint, with or without an account behind it.

    Its words are encrypted under a key of its own (subject: the complaint), so that an account can go while an open
    complaint is answered, and so that the words can be destroyed while the counts stay. `code_digest` belongs to the
    secret code that was shown once. `*_by` are the promised moments, `*_at` the real ones.
    """

    number = models.CharField(_("编号"), max_length=12, unique=True)
    code_digest = models.CharField(max_length=64)
    complainant = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="complaints"
    )
    topic = models.CharField(_("是哪一类问题"), max_length=12, choices=Topic)
    items = ArrayField(models.CharField(max_length=16, choices=DataItem), default=list, blank=True)
    what_happened = EncryptedTextField(_("发生了什么"), subject="public_id")
    contact = EncryptedTextField(_("怎么联系您"), subject="public_id", blank=True, default="")
    is_urgent = models.BooleanField(default=False, help_text=_("内容里提到有人可能有危险"))
    status = models.CharField(max_length=10, choices=ComplaintStatus, default=ComplaintStatus.RECEIVED)
    handler = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField(default=timezone.now)
    acknowledge_by = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    objected_at = models.DateTimeField(null=True, blank=True)
    second_answer_by = models.DateTimeField(null=True, blank=True)
    second_answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    cause = models.CharField(_("原因"), max_length=12, choices=Cause, blank=True)
    side = models.CharField(_("责任方"), max_length=10, choices=Side, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True, help_text=_("内容已到期销毁，只留统计"))

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None) | ~Q(cause="") & ~Q(side=""), name="answered_complaint_has_cause"
            ),
            models.CheckConstraint(
                condition=Q(objected_at=None, second_answer_by=None)
                | Q(objected_at__isnull=False, second_answer_by__isnull=False),
                name="objection_starts_a_clock",
            ),
            models.CheckConstraint(
                condition=~Q(status=ComplaintStatus.CLOSED) | Q(closed_at__isnull=False), name="closed_complaint_dated"
            ),
        ]
        indexes = [
            models.Index(fields=["answer_by"], name="complaints_open", condition=Q(status__in=OPEN_STATUSES)),
            models.Index(fields=["closed_at"], name="complaints_closed", condition=Q(closed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Somebody of ours still owes something."""
        return self.status in OPEN_STATUSES


class Entry(PublicIdModel):
    """One thing that happened to a complaint; written once, never edited."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=14, choices=EntryKind)
    text = EncryptedTextField(subject="complaint.public_id", blank=True, default="")
    # Null is the person who complained, or the platform itself for CONFIRMED and ALARM.
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.get_kind_display()}"


class ClockAlarm(models.Model):
    """That somebody was told about a clock that is near its end or past it; once for each."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="alarms")
    clock = models.CharField(max_length=12, choices=Clock)
    state = models.CharField(max_length=8, choices=ClockState)
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["complaint", "clock", "state"], name="one_alarm_per_clock")]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.clock} {self.state}"
