"""An application, its versions, and what happened with it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.partner.enums import OrganisationType
from catalog.partner.models import Partner
from marketplace.core.encryption.fields import EncryptedJSONField, EncryptedTextField
from marketplace.core.models import PublicIdModel

from ..enums import LIVING_STATES, ApplicationState, EventKind, Step


class Application(PublicIdModel):
    """An organisation's wish to work here: filled in by one person in steps, reviewed by two of ours.

    `version` counts what was handed in; each is kept whole as an ApplicationVersion. `answer_by` is our clock, which
    stands still while the organisation is asked something (`asked_at`).
    """

    kind = models.CharField(_("类型"), max_length=12, choices=OrganisationType)
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="applications"
    )
    state = models.CharField(_("状态"), max_length=10, choices=ApplicationState, default=ApplicationState.DRAFT)
    step = models.CharField(_("填到哪一步"), max_length=12, choices=Step, default=Step.ORGANISATION)
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    # The organisation.
    name = models.CharField(_("机构全称"), max_length=120, blank=True)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    district = models.CharField(_("区县"), max_length=30, blank=True)
    address = models.CharField(_("地址"), max_length=160, blank=True)
    public_phone = models.CharField(_("机构公开的电话"), max_length=30, blank=True)
    introduction = models.TextField(_("介绍"), max_length=600, blank=True)
    # Who signs for it.
    signer_name = models.CharField(_("签署人姓名"), max_length=40, blank=True)
    signer_position = models.CharField(_("职务"), max_length=40, blank=True)
    signer_phone = models.CharField(_("签署人手机号"), max_length=20, blank=True)
    is_legal_representative = models.BooleanField(_("就是法定代表人或主要负责人"), default=False)
    # Our clock and our people.
    submitted_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    proposes_approval = models.BooleanField(null=True, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    reasons = EncryptedTextField(_("理由"), subject="public_id", blank=True, max_length=1000)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    #: When it was over, or the cooperation it led to: retention counts from here.
    closed_at = models.DateTimeField(null=True, blank=True)
    partner = models.OneToOneField(
        Partner, models.PROTECT, null=True, blank=True, related_name="application", verbose_name=_("开通的机构")
    )

    class Meta:
        ordering = ["-saved_at", "-pk"]
        verbose_name = _("入驻申请")
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"], condition=Q(state__in=LIVING_STATES), name="one_living_application_each"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")), name="application_second_person"
            ),
            models.CheckConstraint(
                condition=Q(state="approved", partner__isnull=False, decided_by__isnull=False)
                | ~Q(state="approved") & Q(partner=None),
                name="application_approved_iff_partner",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(state="withdrawn") | Q(submitted_at__isnull=False, version__gte=1),
                name="application_handed_in_has_version",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["declined", "withdrawn"]) | Q(closed_at__isnull=False),
                name="application_over_has_day",
            ),
        ]
        indexes = [models.Index(fields=["state", "answer_by"], name="application_queue")]

    def __str__(self) -> str:
        return self.name or str(self.public_id)

    @property
    def is_open(self) -> bool:
        """Return whether the applicant may change it now."""
        return self.state in (ApplicationState.DRAFT, ApplicationState.QUESTIONED)


class ApplicationVersion(PublicIdModel):
    """What was handed in, whole, as it was then: fields, people, papers with their digests. Never changed."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = EncryptedJSONField(subject="application.public_id")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    submitted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="application_version_once")]

    def __str__(self) -> str:
        return f"{self.application_id} v{self.number}"


class ApplicationEvent(models.Model):
    """That something happened with an application."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=EventKind)
    version = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"
