"""The agreement with an organisation: its versions, and who signed which."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.partner.enums import OrganisationType
from catalog.partner.models import Partner
from marketplace.core.models import PublicIdModel

from .applications import Application


class AgreementText(models.Model):
    """One version of the agreement with one kind of organisation; never edited, only followed by another.

    `duties` is the matrix: [{"key", "duty", "owner" (DutyOwner), "evidence" (the name of a page that shows it)}].
    """

    kind = models.CharField(_("类型"), max_length=12, choices=OrganisationType)
    version = models.CharField(_("版本"), max_length=20)
    title = models.CharField(max_length=80)
    body = models.TextField()
    duties = models.JSONField(default=list)
    digest = models.CharField(max_length=64, help_text="SHA-256 of title, body and duties")
    effective_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["kind", "-effective_at"]
        constraints = [models.UniqueConstraint(fields=["kind", "version"], name="agreement_text_once")]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"


class Agreement(PublicIdModel):
    """That an organisation signed a version, and that we did: the register. `digest` is what both saw."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="agreements")
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, related_name="agreements")
    text = models.ForeignKey(AgreementText, models.PROTECT, related_name="agreements")
    digest = models.CharField(max_length=64)
    signed_name = models.CharField(_("签署人"), max_length=40)
    signed_position = models.CharField(_("职务"), max_length=40)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    signed_at = models.DateTimeField(_("机构签署"), default=timezone.now)
    countersigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    countersigned_at = models.DateTimeField(_("心桥签署"), null=True, blank=True)
    ended_at = models.DateTimeField(_("结束"), null=True, blank=True)

    class Meta:
        ordering = ["-signed_at", "-pk"]
        verbose_name = _("合作协议")
        constraints = [
            models.UniqueConstraint(fields=["application", "text"], name="agreement_signed_once"),
            models.CheckConstraint(
                condition=Q(partner=None, countersigned_at=None, countersigned_by=None)
                | Q(partner__isnull=False, countersigned_at__isnull=False, countersigned_by__isnull=False),
                name="agreement_signed_by_both_or_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text} · {self.signed_name}"

    @property
    def is_in_force(self) -> bool:
        """Return whether both signed and nobody ended it."""
        return self.countersigned_at is not None and self.ended_at is None
