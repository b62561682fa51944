"""What the moderation desk keeps: cases, claims, decisions, appeals, reports, rests and training. No workflow here."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel
from marketplace.safeguarding.enums import Kind, Level

from ..moderation.enums import BreakKind, Cause, Outcome, ReportReason, Training, Urgency
from .writings import Post, Reply

_ONE_TEXT = Q(post__isnull=False, reply=None) | Q(post=None, reply__isnull=False)


class Case(PublicIdModel):
    """One post or reply that waits for a person. Open until `settled_at`; a text has one open case at most.

    `is_hard`: the text is covered on the desk until it is opened, and counts as heavy for whoever opens it.
    """

    post = models.ForeignKey("community.Post", models.CASCADE, null=True, blank=True, related_name="cases")
    reply = models.ForeignKey("community.Reply", models.CASCADE, null=True, blank=True, related_name="cases")
    cause = models.CharField(max_length=8, choices=Cause)
    level = models.PositiveSmallIntegerField(choices=Level, default=Level.NONE)
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.EVERYDAY)
    urgency = models.PositiveSmallIntegerField(choices=Urgency, default=Urgency.ORDINARY)
    is_hard = models.BooleanField(default=False)
    reports_count = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-urgency", "opened_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=_ONE_TEXT, name="moderation_case_of_one_text"),
            models.UniqueConstraint(
                fields=["post"], condition=Q(settled_at=None, post__isnull=False), name="one_open_case_a_post"
            ),
            models.UniqueConstraint(
                fields=["reply"], condition=Q(settled_at=None, reply__isnull=False), name="one_open_case_a_reply"
            ),
        ]
        indexes = [
            models.Index(fields=["urgency", "opened_at"], name="moderation_queue", condition=Q(settled_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.get_cause_display()} {self.opened_at:%m-%d %H:%M}"

    @property
    def writing(self) -> Post | Reply:
        """The post or reply it is about."""
        found = self.post or self.reply
        assert found is not None
        return found

    @property
    def is_open(self) -> bool:
        """Nobody has decided yet."""
        return self.settled_at is None


class Claim(models.Model):
    """That a moderator has a case in hand, until it ends or runs out. One at a time for a case, and for a moderator.

    `opened_at`: when the covered words were opened.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="claims")
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    claimed_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at=None), name="one_live_claim_a_case"),
            models.UniqueConstraint(
                fields=["moderator"], condition=Q(ended_at=None), name="one_live_claim_a_moderator"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("claimed_at")), name="moderation_claim_has_length"),
        ]
        indexes = [models.Index(fields=["moderator", "claimed_at"], name="moderation_claims")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.claimed_at:%m-%d %H:%M}"


class Decision(PublicIdModel):
    """What a moderator decided about a case, and what the author was told. Undone at most once, soon after.

    `words` are for the author; `reason` is for colleagues. `waited_seconds`: from the case to the decision.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="decisions")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome)
    template = models.CharField(max_length=24)
    words = EncryptedTextField(subject="public_id")
    reason = EncryptedTextField(subject="public_id", blank=True, default="")
    decided_at = models.DateTimeField(default=timezone.now)
    waited_seconds = models.PositiveIntegerField()
    #: In which state the text was before, so that a decision can be taken back.
    state_before = models.CharField(max_length=12, blank=True)
    waiting_before = models.CharField(max_length=12, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(undone_at=None), name="one_standing_decision"),
        ]
        indexes = [models.Index(fields=["decided_at"], name="moderation_decided")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.get_outcome_display()}"


class Appeal(PublicIdModel):
    """That an author asked somebody else to look again: once for a text, read by another person."""

    decision = models.OneToOneField(Decision, models.CASCADE, related_name="appeal")
    case = models.OneToOneField(Case, models.CASCADE, related_name="appeal")
    words = EncryptedTextField(subject="public_id", blank=True, default="")
    made_at = models.DateTimeField(default=timezone.now)
    first_reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    second_reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(second_reader=None) | ~Q(second_reader=F("first_reader")),
                name="appeal_read_by_another_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.made_at:%m-%d %H:%M}"


class Report(PublicIdModel):
    """That a reader worries about a text. Who it was is not kept: `reporter` is keyed, another one for every text."""

    post = models.ForeignKey("community.Post", models.CASCADE, null=True, blank=True, related_name="reports")
    reply = models.ForeignKey("community.Reply", models.CASCADE, null=True, blank=True, related_name="reports")
    reason = models.CharField(_("为什么"), max_length=10, choices=ReportReason)
    words = EncryptedTextField(_("想补充的话"), subject="public_id", blank=True, default="")
    reporter = models.CharField(max_length=32)
    is_member = models.BooleanField(default=False)
    reported_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-reported_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=_ONE_TEXT, name="community_report_of_one_text"),
            models.UniqueConstraint(
                fields=["post", "reporter"], condition=Q(post__isnull=False), name="one_report_a_reader_a_post"
            ),
            models.UniqueConstraint(
                fields=["reply", "reporter"], condition=Q(reply__isnull=False), name="one_report_a_reader_a_reply"
            ),
        ]
        indexes = [models.Index(fields=["reported_at"], name="community_reported")]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.reported_at:%m-%d %H:%M}"


class CareBreak(models.Model):
    """A moderator's rest. A required one cannot end before `until_at`."""

    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=BreakKind)
    began_at = models.DateTimeField(default=timezone.now)
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-began_at"]
        constraints = [
            models.UniqueConstraint(fields=["moderator"], condition=Q(ended_at=None), name="one_rest_of_a_moderator"),
            models.CheckConstraint(condition=Q(until_at__gt=F("began_at")), name="moderation_rest_has_length"),
        ]

    def __str__(self) -> str:
        return f"{self.moderator_id} {self.began_at:%m-%d %H:%M}"


class TrainingRecord(models.Model):
    """What a moderator learned, when, and until when it holds; written down by somebody else."""

    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="moderation_training")
    course = models.CharField(_("学了什么"), max_length=12, choices=Training)
    completed_on = models.DateField(_("哪天学完"))
    valid_until = models.DateField(_("有效到"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["moderator", "course", "-valid_until"]
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gt=F("completed_on")), name="moderation_training_lasts"),
            models.CheckConstraint(
                condition=Q(recorded_by=None) | ~Q(recorded_by=F("moderator")), name="moderation_training_by_another"
            ),
            models.UniqueConstraint(
                fields=["moderator", "course", "completed_on"], name="moderation_training_recorded_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_course_display()} {self.completed_on}"
