"""The ledger of who agreed to what, and the exceptions made for somebody's safety."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel
from marketplace.families.models import Child

from .enums import ConsentEventKind, DataItem, GivenAs, GranteeKind, Purpose, ReviewOutcome


class Consent(PublicIdModel):
    """What may be seen by whom, for what and until when (FHIR Consent). Never edited: events say how it stands.

    `records` names single records by public id; empty means all of the items. `needs` says who has to agree.
    """

    child = models.ForeignKey(Child, models.PROTECT, related_name="consents")
    grantee_kind = models.CharField(max_length=12, choices=GranteeKind)
    grantee_id = models.UUIDField(help_text=_("用户或机构的 public_id"))
    grantee_label = models.CharField(_("谁"), max_length=120)
    items = ArrayField(models.CharField(max_length=16, choices=DataItem), verbose_name=_("看什么"))
    records = ArrayField(models.UUIDField(), default=list, blank=True)
    purpose = models.CharField(_("为什么"), max_length=16, choices=Purpose)
    valid_from = models.DateTimeField(_("从"))
    valid_until = models.DateTimeField(_("到"))
    needs = ArrayField(models.CharField(max_length=10, choices=GivenAs), verbose_name=_("需要谁同意"))
    text_version = models.CharField(max_length=20)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gt=F("valid_from")), name="consent_has_length"),
            models.CheckConstraint(condition=~Q(items=[]), name="consent_names_items"),
            models.CheckConstraint(condition=~Q(needs=[]), name="consent_needs_somebody"),
        ]
        indexes = [
            models.Index(fields=["child", "-created_at", "-id"], name="consent_of_child"),
            models.Index(fields=["grantee_id", "-created_at"], name="consent_of_grantee"),
        ]

    def __str__(self) -> str:
        return f"{self.grantee_label} · {self.get_purpose_display()}"


class ConsentEvent(models.Model):
    """One thing that happened to a consent: by whom, as what, when. Only ever added."""

    consent = models.ForeignKey(Consent, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=ConsentEventKind)
    given_as = models.CharField(max_length=10, choices=GivenAs, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="consent_events")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consent", "given_as"],
                condition=Q(kind=ConsentEventKind.GRANTED),
                name="consent_granted_once_by_each",
            ),
            models.CheckConstraint(
                condition=Q(kind=ConsentEventKind.PROPOSED) | ~Q(given_as=""), name="consent_answered_as_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consent_id} {self.kind}"


class StandingConsent(models.Model):
    """The ledger's index: a granted consent, one row per item and record. Written by the database alone.

    A trigger on ConsentEvent keeps it, so it cannot say anything but what the events say.
    """

    consent = models.ForeignKey(Consent, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    grantee_id = models.UUIDField()
    purpose = models.CharField(max_length=16)
    item = models.CharField(max_length=16)
    record = models.UUIDField(null=True)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    is_live = models.BooleanField(help_text=_("没有被收回"))

    class Meta:
        indexes = [
            models.Index(
                fields=["child", "grantee_id", "purpose", "item", "is_live", "ends_at"],
                name="standing_for_all_records",
                condition=Q(record=None),
            ),
            models.Index(
                fields=["child", "grantee_id", "purpose", "record", "item", "is_live", "ends_at"],
                name="standing_for_one_record",
                condition=Q(record__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consent_id} {self.item}"


class SafetyOverride(PublicIdModel):
    """A look without consent, for somebody's safety: asked for by one member of staff, let through by another.

    In force from `approved_at` to `expires_at`. `review_due_at` is the clock of the review afterwards.
    """

    child = models.ForeignKey(Child, models.PROTECT, related_name="safety_overrides")
    items = ArrayField(models.CharField(max_length=16, choices=DataItem), verbose_name=_("看什么"))
    reason = EncryptedTextField(_("为什么必须看"), subject="child.public_id")
    hours = models.PositiveSmallIntegerField(_("看多久（小时）"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="overrides_opened")
    opened_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="overrides_approved"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    is_telling_dangerous = models.BooleanField(_("现在告诉本人会有危险"), default=False)
    danger_reason = EncryptedTextField(_("为什么现在不能告诉"), subject="child.public_id", blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    review_due_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="overrides_reviewed"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=ReviewOutcome, blank=True)
    review_note = EncryptedTextField(_("复核意见"), subject="child.public_id", blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("opened_by")), name="override_needs_two_people"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | (~Q(reviewed_by=F("opened_by")) & ~Q(reviewed_by=F("approved_by"))),
                name="override_reviewed_by_a_third",
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None, expires_at=None, review_due_at=None)
                | Q(
                    approved_at__isnull=False,
                    approved_by__isnull=False,
                    expires_at__isnull=False,
                    review_due_at__isnull=False,
                ),
                name="override_approved_as_a_whole",
            ),
            models.CheckConstraint(condition=~Q(items=[]), name="override_names_items"),
            models.CheckConstraint(condition=Q(hours__gte=1, hours__lte=72), name="override_ends_soon"),
        ]
        indexes = [
            models.Index(fields=["child", "expires_at"], name="override_of_child"),
            models.Index(fields=["review_due_at"], name="override_to_review", condition=Q(reviewed_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.public_id}"
