"""Signed reports of weeks and months that are over, and the register of agreements. No person stands in any of it."""

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .enums import Party, ReportKind


class SignedReport(models.Model):
    """Figures of a closed span, as text and as paper, and our signature under both. Written once.

    `content` is canonical JSON (marketplace.core.audit.chain). Small numbers were withheld before it was written, so
    whoever reads the row reads what anybody may.
    """

    kind = models.CharField(max_length=12, choices=ReportKind)
    from_on: date = models.DateField()
    until_on: date = models.DateField(help_text=_("包含这一天"))
    content = models.TextField()
    pdf = models.BinaryField()
    content_digest = models.CharField(max_length=64)
    pdf_digest = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    key_id = models.CharField(max_length=16)
    made_at: datetime = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("签名报告")
        ordering = ["-from_on", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "from_on"], name="one_report_of_a_span"),
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="report_has_a_span"),
            models.CheckConstraint(condition=Q(kind__in=ReportKind.values), name="report_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.from_on}"

    @property
    def file_name(self) -> str:
        """What a saved copy is called, without its ending."""
        return f"xinqiao-{self.kind}-{self.from_on.isoformat()}"


class Accord(models.Model):
    """An agreement between authority, firm, university and association."""

    slug = models.SlugField(max_length=40, unique=True)
    title = models.CharField(_("名称"), max_length=120)
    version = models.CharField(_("版本"), max_length=20, default="1")
    signed_on: date = models.DateField(_("签署日期"))
    ends_on: date | None = models.DateField(_("有效期至"), null=True, blank=True)

    class Meta:
        verbose_name = _("四方协议")
        ordering = ["-signed_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("signed_on")), name="accord_lasts")
        ]

    def __str__(self) -> str:
        return self.title


class AccordDuty(models.Model):
    """One duty: whose it is, which office answers for it, and where anybody can see that it is done."""

    accord = models.ForeignKey(Accord, models.CASCADE, related_name="duties")
    party = models.CharField(_("哪一方"), max_length=12, choices=Party)
    what = models.CharField(_("做什么"), max_length=200)
    owner = models.CharField(_("负责的部门"), max_length=80)
    evidence = models.CharField(_("在哪里看得到"), max_length=300)

    class Meta:
        ordering = ["party", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(owner="") & ~Q(evidence=""), name="duty_has_owner_and_evidence"
            ),
            models.CheckConstraint(condition=Q(party__in=Party.values), name="duty_party_known"),
            models.UniqueConstraint(fields=["accord", "party", "what"], name="duty_stands_once"),
        ]

    def __str__(self) -> str:
        return self.what
