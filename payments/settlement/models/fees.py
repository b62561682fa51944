"""The published rules on prices, commission and refunds, version by version."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import PublicIdModel


class FeeVersion(PublicIdModel):
    """One version of the rules. Once published, the database refuses every change, and keeps it three years at least."""

    number = models.PositiveIntegerField(_("版本号"), unique=True)
    valid_from = models.DateTimeField(_("生效时间"))
    price_rules = models.TextField(_("价格规则"))
    price_rules_en = models.TextField(_("价格规则（英文）"))
    commission_rules = models.TextField(_("服务费规则"))
    commission_rules_en = models.TextField(_("服务费规则（英文）"))
    refund_rules = models.TextField(_("退款规则"))
    refund_rules_en = models.TextField(_("退款规则（英文）"))
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-valid_from"]
        verbose_name = _("收费规则")
        verbose_name_plural = _("收费规则")
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="fees_published_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(published_by=None) | ~Q(published_by=F("drafted_by")), name="fees_published_by_a_second"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(valid_from__gte=F("published_at")), name="fees_never_backdated"
            ),
            models.UniqueConstraint(
                fields=["valid_from"], condition=Q(published_at__isnull=False), name="fees_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"V{self.number}"

    @property
    def is_published(self) -> bool:
        """Fixed for good."""
        return self.published_at is not None

    def _said(self, field: str) -> str:
        in_english = (get_language() or "").startswith("en")
        return str(getattr(self, f"{field}_en" if in_english else field))

    @property
    def on_prices(self) -> str:
        """The price rules in the reader's language."""
        return self._said("price_rules")

    @property
    def on_commission(self) -> str:
        """The commission rules in the reader's language."""
        return self._said("commission_rules")

    @property
    def on_refunds(self) -> str:
        """The refund rules in the reader's language."""
        return self._said("refund_rules")


class FeeLine(models.Model):
    """One share taken of what partners earn; `code` is the owner of its ledger account."""

    version = models.ForeignKey(FeeVersion, models.CASCADE, related_name="lines")
    code = models.SlugField(_("代码"), max_length=32)
    label = models.CharField(_("名称"), max_length=40)
    label_en = models.CharField(_("名称（英文）"), max_length=60)
    bps = models.PositiveIntegerField(_("万分比"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="fee_line_once"),
            models.CheckConstraint(condition=Q(bps__gt=0, bps__lte=10_000), name="fee_line_is_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.bps}"

    @property
    def name(self) -> str:
        """What it is called, in the reader's language."""
        return self.label_en if (get_language() or "").startswith("en") else self.label
