"""Worries about somebody's safety, what was done about them, and who was trained to do it. No workflow here."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel
from marketplace.safeguarding.enums import Kind, Level, Source

from .enums import CallState, EventKind, Outcome, Sealed, Training


class Concern(PublicIdModel):
    """One open worry about one person and one kind of danger (FHIR: Flag, with a RiskAssessment for each text).

    Whom it is about stands in `link` alone, sealed; `mark` is a keyed digest of it, by which the database holds that a
    person has one open concern of a kind. `clock_from` is from when somebody is owed a look: the first text, or a later
    one that made it more urgent (then `round` counts on). `acknowledge_by` is empty as long as nobody is on duty.
    """

    kind = models.CharField(max_length=16, choices=Kind)
    urgency = models.PositiveSmallIntegerField(choices=Level)
    source = models.CharField(max_length=8, choices=Source)
    mark = models.CharField(max_length=26, blank=True, default="")
    link = EncryptedTextField(subject="public_id", blank=True, default="")
    opened_at = models.DateTimeField(default=timezone.now)
    latest_at = models.DateTimeField(default=timezone.now)
    clock_from = models.DateTimeField(default=timezone.now)
    round = models.PositiveSmallIntegerField(default=1)
    acknowledge_by = models.DateTimeField(null=True, blank=True)
    alerted_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    escalated_15_at = models.DateTimeField(null=True, blank=True)
    escalated_60_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True, default="")
    is_drill = models.BooleanField(_("演练"), default=False)
    drill_started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    erased_at = models.DateTimeField(null=True, blank=True, help_text=_("内容已到期销毁，只留统计"))

    class Meta:
        ordering = ["-urgency", "clock_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mark", "kind", "is_drill"],
                condition=Q(closed_at=None) & ~Q(mark=""),
                name="one_open_concern_per_person_kind",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | Q(closed_at__isnull=False) & ~Q(outcome=""),
                name="closed_concern_has_outcome",
            ),
            models.CheckConstraint(condition=Q(urgency__gte=Level.DISTRESS), name="concern_is_urgent_at_all"),
        ]
        indexes = [
            models.Index(fields=["-urgency", "clock_from"], name="concerns_open", condition=Q(closed_at=None)),
            models.Index(fields=["closed_at"], name="concerns_closed", condition=Q(closed_at__isnull=False)),
            models.Index(fields=["opened_at"], name="concerns_opened"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_open(self) -> bool:
        """Somebody of ours still owes something."""
        return self.closed_at is None


class ConcernEvent(PublicIdModel):
    """One thing that happened to a concern; written once, never edited.

    `source` and `ref` say where the text stands that somebody wrote (never the text itself), `level` its grade. `text`
    is what our staff wrote. `seconds`: how long the promise of a look took, on an acknowledgement.
    """

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=EventKind)
    source = models.CharField(max_length=8, choices=Source, blank=True, default="")
    ref = models.CharField(max_length=64, blank=True, default="")
    level = models.PositiveSmallIntegerField(choices=Level, null=True, blank=True)
    detail = models.CharField(max_length=40, blank=True, default="")
    text = EncryptedTextField(subject="concern.public_id", blank=True, default="")
    seconds = models.PositiveIntegerField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["source", "ref"], name="concern_event_of_text", condition=~Q(ref=""))]

    def __str__(self) -> str:
        return f"{self.concern_id} {self.get_kind_display()}"


class Escalation(models.Model):
    """That a concern nobody acknowledged was raised further after so many minutes; once in each round of its clock."""

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="escalations")
    round = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    told = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["concern", "round", "minutes"], name="one_escalation_per_step"),
        ]

    def __str__(self) -> str:
        return f"{self.concern_id} {self.minutes}"


class Call(PublicIdModel):
    """One call of the phone tree that somebody at the desk has to make, in the order of `position`."""

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="calls")
    round = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=CallState, default=CallState.WAITING)
    asked_at = models.DateTimeField(default=timezone.now)
    marked_at = models.DateTimeField(null=True, blank=True)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["concern", "round", "person"], name="one_call_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.concern_id} {self.position} {self.state}"


class StepMark(PublicIdModel):
    """That a step of the playbook was done; taken back, the row goes and the history keeps both."""

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="steps")
    step = models.CharField(max_length=40)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["concern", "step"], name="one_mark_per_step")]

    def __str__(self) -> str:
        return f"{self.concern_id} {self.step}"


class TrainingRecord(models.Model):
    """That one of our staff learned something on a day, and until when that counts."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="safety_trainings")
    training = models.CharField(_("培训"), max_length=12, choices=Training)
    done_on = models.DateField(_("哪天完成"))
    valid_until = models.DateField(_("有效到"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-valid_until", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "training", "done_on"], name="safety_training_recorded_once"),
            models.CheckConstraint(condition=Q(valid_until__gte=F("done_on")), name="safety_training_lasts"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.training} {self.valid_until}"


class Unsealing(PublicIdModel):
    """That one of our staff asked to know who somebody is who writes without a name, and what a second one said."""

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="unsealings")
    what = models.CharField(max_length=8, choices=Sealed)
    reason = EncryptedTextField(_("为什么必须知道"), subject="concern.public_id")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    is_granted = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="unsealing_needs_two_people"
            ),
            models.CheckConstraint(
                condition=Q(is_granted=None, decided_at=None, decided_by=None)
                | Q(is_granted__isnull=False, decided_at__isnull=False, decided_by__isnull=False),
                name="unsealing_decided_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["concern", "what"], condition=Q(is_granted=None), name="one_open_unsealing_per_concern"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.concern_id} {self.what}"
