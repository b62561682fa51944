from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel
from marketplace.families.models import Child

from .enums import OPEN_STATES, Fact, Pause, RequestKind, RequestState, Scope
from .registry import Subject


class DataRequest(PublicIdModel):
    """That somebody asked for a copy, a correction or the erasure of a person's data, and how far it has come.

    `user` and `child` are the person's account and profile, whichever there are; `subject_id` is the id of
    `Subject.id` and outlives both. `next_run_at` is when the worker looks at it next; while it runs, until when the
    worker's claim holds: a worker that died is followed by another one then.
    """

    kind = models.CharField(max_length=8, choices=RequestKind)
    state = models.CharField(max_length=10, choices=RequestState)
    scope = models.CharField(max_length=8, choices=Scope, default=Scope.FULL)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    child = models.ForeignKey(Child, models.SET_NULL, null=True, blank=True, related_name="+")
    subject_id = models.UUIDField(db_index=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="data_requests"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    next_run_at = models.DateTimeField(null=True, blank=True)
    claim = models.UUIDField(null=True, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=40, blank=True)
    pause = models.CharField(max_length=10, choices=Pause, blank=True)
    failure = models.CharField(max_length=80, blank=True, help_text="the name of the exception, never its text")
    failures = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                condition=Q(state__in=[str(state) for state in OPEN_STATES]),
                name="one_open_data_request",
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="data_request_percent"),
            models.CheckConstraint(
                condition=Q(state__in=[str(state) for state in OPEN_STATES], finished_at=None)
                | (~Q(state__in=[str(state) for state in OPEN_STATES]) & Q(finished_at__isnull=False)),
                name="data_request_finished_when_final",
            ),
        ]
        indexes = [
            models.Index(fields=["next_run_at"], name="data_request_due", condition=Q(next_run_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.get_state_display()}"

    @property
    def subject(self) -> Subject:
        """The person it is about."""
        return Subject(user=self.user, child=self.child, scope=Scope(self.scope), asked_by=self.asked_by)

    @property
    def is_open(self) -> bool:
        """Nothing final has been said yet."""
        return self.state in OPEN_STATES


class Correction(PublicIdModel):
    """What a person says should stand instead, and what we answered, with reasons; both stay as history."""

    request = models.OneToOneField(DataRequest, models.CASCADE, related_name="correction")
    subject_id = models.UUIDField()
    fact = models.CharField(_("哪一项"), max_length=10, choices=Fact)
    proposal = EncryptedTextField(subject="subject_id")
    answer = EncryptedTextField(subject="subject_id", default="")
    answer_by = models.DateTimeField(db_index=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["answer_by"]

    def __str__(self) -> str:
        return f"{self.get_fact_display()} {self.answer_by:%F}"


class RequestEvent(models.Model):
    """One thing that happened to a request; rows are added, never changed."""

    request = models.ForeignKey(DataRequest, models.CASCADE, related_name="events")
    state = models.CharField(max_length=10, choices=RequestState)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    happened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["happened_at", "pk"]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.state}"


class ErasureStep(models.Model):
    """That one step of an erasure is done, written in the step's own transaction: a crash repeats no step."""

    request = models.ForeignKey(DataRequest, models.CASCADE, related_name="steps")
    key = models.CharField(max_length=40)
    outcome = models.JSONField(default=dict)
    finished_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["request", "key"], name="erasure_step_once")]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.key}"


class ExportFile(PublicIdModel):
    """A finished copy: the ZIP in base64, encrypted under the person's own key, so that erasure ends it too."""

    request = models.OneToOneField(DataRequest, models.CASCADE, related_name="file")
    subject_id = models.UUIDField()
    content = EncryptedTextField(subject="subject_id", default="")
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    downloaded_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.request_id}: {self.size_bytes}"


class ErasureCertificate(PublicIdModel):
    """What was erased and what is kept, by class and number: nothing in it tells whose it was."""

    request = models.OneToOneField(DataRequest, models.SET_NULL, null=True, blank=True, related_name="certificate")
    number = models.CharField(max_length=24, unique=True)
    issued_at = models.DateTimeField(default=timezone.now)
    body = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["-issued_at"]

    def __str__(self) -> str:
        return self.number
