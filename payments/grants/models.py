"""Money for a community's activities: a budget, what was put in, what was asked for with evidence, what went back."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel
from payments.grants.enums import AskState, FundState, MoneyFrom


def _decided_by_a_second(asked_by: str, name: str) -> list[models.CheckConstraint]:
    """Nothing is decided by whoever asked, and whatever is decided says by whom and when."""
    return [
        models.CheckConstraint(condition=Q(decided_by=None) | ~Q(decided_by=F(asked_by)), name=f"{name}_second_person"),
        models.CheckConstraint(
            condition=Q(state="asked", decided_by=None, decided_at=None)
            | Q(state__in=["approved", "declined"], decided_by__isnull=False, decided_at__isnull=False),
            name=f"{name}_decided_by_somebody",
        ),
    ]


class Fund(PublicIdModel):
    """Money set aside for one community's activities in a period; its ledger account is fund:<public_id>."""

    payee = models.UUIDField()  # the community's public id, as a partner
    title = models.CharField(_("名称"), max_length=60, help_text=_("中性的名字，例如“2026 年秋季活动”"))
    budget_fen = models.BigIntegerField(_("预算"))
    starts_on = models.DateField(_("开始"))
    ends_on = models.DateField(_("结束"))
    state = models.CharField(max_length=8, choices=FundState.choices, default=FundState.OPEN)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("活动资金")
        verbose_name_plural = _("活动资金")
        constraints = [
            models.CheckConstraint(condition=Q(budget_fen__gt=0), name="fund_has_a_budget"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="fund_ends_after_start"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | Q(state="closed", closed_at__isnull=False),
                name="fund_closed_iff_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Allocation(PublicIdModel):
    """Money put into a fund: asked for by one of our staff, approved by another."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="allocations")
    amount_fen = models.BigIntegerField(_("金额"))
    money_from = models.CharField(_("资金来源"), max_length=12, choices=MoneyFrom.choices)
    state = models.CharField(max_length=8, choices=AskState.choices, default=AskState.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    returned_fen = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("拨入")
        verbose_name_plural = _("拨入")
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="allocation_positive"),
            models.CheckConstraint(
                condition=Q(returned_fen__gte=0, amount_fen__gte=F("returned_fen")), name="allocation_returned_within"
            ),
            *_decided_by_a_second("asked_by", "allocation"),
        ]

    def __str__(self) -> str:
        return f"{self.fund} +{self.amount_fen}"


class SpendRequest(PublicIdModel):
    """A community asks for money of its fund, with a receipt or an invoice; approved, it is owed to the community."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="spend_requests")
    amount_fen = models.BigIntegerField(_("金额"))
    purpose = EncryptedTextField(_("用途"), subject="public_id", max_length=500)
    # Where the evidence lies and what opens it; the file itself is ciphertext.
    evidence = EncryptedTextField(subject="public_id")
    evidence_type = models.CharField(max_length=20)
    state = models.CharField(max_length=8, choices=AskState.choices, default=AskState.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = EncryptedTextField(_("答复"), subject="public_id", max_length=300, blank=True, default="")

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("用款申请")
        verbose_name_plural = _("用款申请")
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="spend_positive"),
            *_decided_by_a_second("asked_by", "spend"),
        ]

    def __str__(self) -> str:
        return f"{self.fund} -{self.amount_fen}"
