from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import PublicIdModel

from .age_rules import ADULT_AT, AgeRules, rules_on
from .ages import age_on, latest_birth_of_age
from .enums import (
    EndingEvidence,
    EndingOutcome,
    EndReason,
    Evidence,
    GuardianshipScope,
    GuardianshipStatus,
    InvitationKind,
    Relation,
    SchoolYear,
)


# Which guardianships count - active, of somebody who is not of age yet - is asked here and nowhere else. A birthday needs
# no task to take effect: who is 18 today has no guardian in force, whatever a row says.
def _latest_birth_of_adults(today: date | None) -> date:
    return latest_birth_of_age(ADULT_AT, today or timezone.localdate())


class ChildQuerySet(models.QuerySet["Child"]):
    """Profiles."""

    def cared_for_by(self, user_ids: Any, *, today: date | None = None) -> "ChildQuerySet":
        """Those who have one of these people as a guardian in force, of whatever scope; archived ones too."""
        return self.filter(
            guardianships__guardian__in=user_ids,
            guardianships__status=GuardianshipStatus.ACTIVE,
            born_on__gt=_latest_birth_of_adults(today),
        )

    def grown_up(self, *, today: date | None = None) -> "ChildQuerySet":
        """Those of people who are of age."""
        return self.filter(born_on__lte=_latest_birth_of_adults(today))


class GuardianshipQuerySet(models.QuerySet["Guardianship"]):
    """Guardianships."""

    def in_force(self, *, today: date | None = None) -> "GuardianshipQuerySet":
        """Those that count on a (Shanghai) day, oldest first."""
        born_after = _latest_birth_of_adults(today)
        rows = self.filter(status=GuardianshipStatus.ACTIVE, child__born_on__gt=born_after)
        return rows.order_by("created_at", "pk")

    def full(self) -> "GuardianshipQuerySet":
        """Those of people who stand for the child with all that a guardian may do."""
        return self.filter(scope=GuardianshipScope.FULL)


class Child(PublicIdModel):
    """A child or teenager cared for on the platform (FHIR Patient); grade L3.

    `account` is the young person's own sign-in, where there is one. A profile may have guardians, an account, or both.
    """

    nickname = models.CharField(_("称呼"), max_length=30)
    born_on = models.DateField(_("出生日期"))
    school_year = models.SmallIntegerField(_("年级"), choices=SchoolYear, null=True, blank=True)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="young_profile"
    )
    guardians = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        through="Guardianship",
        through_fields=("child", "guardian"),
        related_name="children",
        verbose_name=_("监护人"),
    )
    created_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = ChildQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("孩子")

    def __str__(self) -> str:
        return self.nickname

    @property
    def age(self) -> int:
        """Full years today."""
        return age_on(self.born_on, timezone.localdate())

    @property
    def rules(self) -> AgeRules:
        """The age rules today, in Shanghai."""
        return rules_on(self.born_on, timezone.localdate())


class Guardianship(PublicIdModel):
    """That an adult cares for a child (FHIR RelatedPerson). An ended one stays; a new one is a new row."""

    guardian = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="guardianships")
    child = models.ForeignKey(Child, models.CASCADE, related_name="guardianships")
    relation = models.CharField(_("关系"), max_length=12, choices=Relation, default=Relation.OTHER)
    status = models.CharField(max_length=8, choices=GuardianshipStatus, default=GuardianshipStatus.ACTIVE)
    scope = models.CharField(_("范围"), max_length=8, choices=GuardianshipScope, default=GuardianshipScope.FULL)
    evidence = models.CharField(max_length=12, choices=Evidence, default=Evidence.DECLARED)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="guardianships_ended"
    )
    ended_because = models.CharField(max_length=12, choices=EndReason, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="guardianships_invited"
    )

    objects = GuardianshipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["guardian", "child"],
                condition=models.Q(status=GuardianshipStatus.ACTIVE),
                name="guardianship_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(status=GuardianshipStatus.ACTIVE, ended_at=None)
                | models.Q(status=GuardianshipStatus.ENDED, ended_at__isnull=False),
                name="guardianship_ended_when_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guardian} – {self.child}"


class EndingRequest(PublicIdModel):
    """That somebody asks our staff to end a guardianship. No reason is written down: staff speak with the people.

    Nobody else of the family is told that it was asked.
    """

    guardianship = models.ForeignKey(Guardianship, models.CASCADE, related_name="ending_requests")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="ending_requests")
    asked_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=8, choices=EndingOutcome, blank=True)
    evidence = models.CharField(max_length=12, choices=EndingEvidence, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="ending_requests_answered"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["guardianship", "asked_by"],
                condition=models.Q(answered_at=None),
                name="ending_request_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="", answered_at=None)
                | models.Q(~models.Q(outcome=""), answered_at__isnull=False),
                name="ending_request_answered_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guardianship} {self.asked_at:%Y-%m-%d}"


class Invitation(PublicIdModel):
    """An open door into one family: a link and a short code, each kept as a digest only, good once and for a time."""

    kind = models.CharField(max_length=14, choices=InvitationKind)
    child = models.ForeignKey(Child, models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="invitations_sent"
    )  # nobody yet where a child under 14 asks a parent before having an account
    relation = models.CharField(_("关系"), max_length=12, choices=Relation, blank=True)
    scope = models.CharField(_("范围"), max_length=8, choices=GuardianshipScope, default=GuardianshipScope.FULL)
    token_digest = models.CharField(max_length=64, unique=True)
    code_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="invitations_accepted"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(revoked_at=None), name="invitation_ends_one_way"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.public_id}"


class BirthdayNotice(models.Model):
    """That both sides were told what a birthday changes: a month before, days before, and on the day, each once."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="birthday_notices")
    age = models.PositiveSmallIntegerField()
    days_before = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["child", "age", "days_before"], name="birthday_notice_once")]

    def __str__(self) -> str:
        return f"{self.child_id}: {self.age}"


class GuardianLimits(models.Model):
    """What a guardian chose inside the age rules; a field left empty follows the rule (`age_rules`)."""

    child = models.OneToOneField(Child, models.CASCADE, related_name="guardian_limits")
    daily_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    night_from = models.TimeField(null=True, blank=True)
    night_until = models.TimeField(null=True, blank=True)
    self_pay_once_fen = models.PositiveIntegerField(null=True, blank=True)
    self_pay_month_fen = models.PositiveIntegerField(null=True, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.child_id}: {self.daily_minutes}"


class ScreenTime(models.Model):
    """Minutes a young person has spent here on one Shanghai day, for minor mode's daily limit."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="screen_time")
    day = models.DateField()
    minutes = models.PositiveSmallIntegerField(default=0)
    last_seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["child", "day"], name="screen_time_once_a_day")]

    def __str__(self) -> str:
        return f"{self.child_id} {self.day}: {self.minutes}"
