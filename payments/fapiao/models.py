"""Requests for a fapiao (the state's invoice) and what became of them. No workflow here."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel
from payments.fapiao.enums import FailReason, FapiaoState, TitleKind
from payments.models import PaymentIntent

#: What stands on every fapiao: the same for whatever was bought.
ITEM_NAME = "信息技术服务*健康服务"


class FapiaoRequest(PublicIdModel):
    """One fapiao for the money that stayed with us of one payment.

    A refund after it was issued asks for its red reversal (`reversal_asked_at`) and leads to a new one of the rest
    (`replaces`). The fapiao itself is kept by the tax office; we keep its number and amount.
    """

    intent = models.ForeignKey(PaymentIntent, models.PROTECT, related_name="fapiao")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    title_kind = models.CharField(max_length=8, choices=TitleKind.choices, default=TitleKind.PERSONAL)
    buyer_name = EncryptedTextField(_("发票抬头"), subject="asked_by.public_id", max_length=100)
    tax_number = EncryptedTextField(_("税号"), subject="asked_by.public_id", max_length=18, blank=True)
    email = EncryptedTextField(_("收发票的邮箱"), subject="asked_by.public_id", max_length=254)
    item_name = models.CharField(max_length=40, default=ITEM_NAME)
    amount_fen = models.BigIntegerField()
    state = models.CharField(max_length=12, choices=FapiaoState.choices, default=FapiaoState.REQUESTED)
    number = models.CharField(max_length=20, blank=True)
    red_number = models.CharField(max_length=20, blank=True)
    fail_reason = models.CharField(max_length=12, choices=FailReason.choices, blank=True)
    requested_at = models.DateTimeField(auto_now_add=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    reversal_asked_at = models.DateTimeField(null=True, blank=True)
    reversed_at = models.DateTimeField(null=True, blank=True)
    # Failed or withdrawn.
    ended_at = models.DateTimeField(null=True, blank=True)
    # Who of our staff issued it, or could not.
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("发票申请")
        verbose_name_plural = _("发票申请")
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="fapiao_amount_positive"),
            models.CheckConstraint(
                condition=Q(state__in=["issued", "red_reversed"], issued_at__isnull=False) & ~Q(number="")
                | Q(state__in=["requested", "failed", "withdrawn"], issued_at__isnull=True, number=""),
                name="fapiao_number_iff_issued",
            ),
            models.CheckConstraint(
                condition=Q(state="red_reversed", reversed_at__isnull=False) & ~Q(red_number="")
                | ~Q(state="red_reversed") & Q(reversed_at__isnull=True, red_number=""),
                name="fapiao_red_number_iff_reversed",
            ),
            models.CheckConstraint(
                condition=Q(reversal_asked_at__isnull=True) | Q(state__in=["issued", "red_reversed"]),
                name="fapiao_reversal_of_issued",
            ),
            models.CheckConstraint(
                condition=Q(state="failed") & ~Q(fail_reason="") | ~Q(state="failed") & Q(fail_reason=""),
                name="fapiao_failed_with_reason",
            ),
            models.UniqueConstraint(
                fields=["intent"],
                condition=Q(state__in=["requested", "issued"], reversal_asked_at__isnull=True),
                name="one_live_fapiao_per_intent",
            ),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="one_fapiao_per_number"),
        ]
        indexes = [models.Index(fields=["state", "requested_at"], name="fapiao_queue")]

    def __str__(self) -> str:
        return f"{self.public_id} {self.state}"

    @property
    def awaits_reversal(self) -> bool:
        """Issued, and money of it went or goes back: a red one is due."""
        return self.state == FapiaoState.ISSUED and self.reversal_asked_at is not None
