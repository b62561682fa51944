"""What a delivered thing earned its partner, share by share, and what refunds took back of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import PublicIdModel
from payments.ledger.enums import AccountKind
from payments.settlement.enums import EarnedBy

from .fees import FeeVersion
from .payouts import Statement


class Earning(PublicIdModel):
    """What one source (an order's line, a grant's spending) earned a partner; a source earns once.

    What came back since stands beside each sum; nothing is ever overwritten.
    """

    source_kind = models.CharField(max_length=32)
    source_id = models.BigIntegerField()
    payee = models.UUIDField()  # the partner's public id
    earned_by = models.CharField(max_length=10, choices=EarnedBy.choices)
    # What the partner finds it by: the order's number.
    reference = models.CharField(max_length=64, blank=True)
    payable_kind = models.CharField(max_length=32, blank=True)
    payable_id = models.BigIntegerField(null=True, blank=True)
    fee_version = models.ForeignKey(FeeVersion, models.PROTECT, null=True, blank=True, related_name="earnings")
    # The account the paid part came from: a customer's prepayment, a plan, a fund.
    funded_from = models.CharField(max_length=16, choices=AccountKind.choices, default=AccountKind.ORDERS)
    funded_owner = models.CharField(max_length=64, blank=True)
    paid_fen = models.BigIntegerField()
    # A discount that is ours to bear: the partner earns the full price.
    borne_fen = models.BigIntegerField(default=0)
    commission_fen = models.BigIntegerField()
    net_fen = models.BigIntegerField()
    paid_back_fen = models.BigIntegerField(default=0)
    borne_back_fen = models.BigIntegerField(default=0)
    commission_back_fen = models.BigIntegerField(default=0)
    clawed_back_fen = models.BigIntegerField(default=0)
    fulfilled_at = models.DateTimeField()
    available_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    statement = models.ForeignKey(Statement, models.PROTECT, null=True, blank=True, related_name="earnings")

    class Meta:
        verbose_name = _("机构收入")
        verbose_name_plural = _("机构收入")
        constraints = [
            models.UniqueConstraint(fields=["source_kind", "source_id"], name="a_source_earns_once"),
            models.CheckConstraint(
                condition=Q(paid_fen__gte=0, borne_fen__gte=0, commission_fen__gte=0, net_fen__gte=0),
                name="earning_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(net_fen=F("paid_fen") + F("borne_fen") - F("commission_fen")), name="earning_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(clawed_back_fen=F("paid_back_fen") + F("borne_back_fen") - F("commission_back_fen")),
                name="earning_back_adds_up",
            ),
            # `clawed_back_fen` may stand a fen or two below zero: several shares can drop on one and the same fen.
            models.CheckConstraint(
                condition=Q(
                    paid_back_fen__gte=0,
                    borne_back_fen__gte=0,
                    commission_back_fen__gte=0,
                    paid_fen__gte=F("paid_back_fen"),
                    borne_fen__gte=F("borne_back_fen"),
                    commission_fen__gte=F("commission_back_fen"),
                    net_fen__gte=F("clawed_back_fen"),
                ),
                name="earning_back_within_earned",
            ),
        ]
        indexes = [
            models.Index(fields=["payee", "available_at"], name="earning_unsettled", condition=Q(statement=None)),
            models.Index(fields=["payable_kind", "payable_id"], name="earning_payable"),
        ]

    def __str__(self) -> str:
        return f"{self.source_kind}:{self.source_id} {self.net_fen}"

    @property
    def gross_fen(self) -> int:
        """What the thing was worth when it was earned."""
        return self.paid_fen + self.borne_fen

    @property
    def value_left_fen(self) -> int:
        """What it is worth after all that went back."""
        return self.gross_fen - self.paid_back_fen - self.borne_back_fen

    @property
    def net_left_fen(self) -> int:
        """What of it is the partner's now."""
        return self.net_fen - self.clawed_back_fen


class EarningLine(models.Model):
    """One share taken of an earning, by the rules of its version."""

    earning = models.ForeignKey(Earning, models.CASCADE, related_name="lines")
    code = models.CharField(max_length=32)
    bps = models.PositiveIntegerField()
    fen = models.BigIntegerField()
    back_fen = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["earning", "code"], name="earning_line_once"),
            models.CheckConstraint(
                condition=Q(back_fen__gte=0, fen__gte=F("back_fen")), name="earning_line_back_within"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.fen}"


class ClawBack(models.Model):
    """What one refund took back of an earning, exactly by its shares; `key` names the act."""

    earning = models.ForeignKey(Earning, models.PROTECT, related_name="claw_backs")
    key = models.CharField(max_length=100, unique=True)
    paid_fen = models.BigIntegerField()
    borne_fen = models.BigIntegerField()
    commission_fen = models.BigIntegerField()
    net_fen = models.BigIntegerField()
    happened_at = models.DateTimeField()
    statement = models.ForeignKey(Statement, models.PROTECT, null=True, blank=True, related_name="claw_backs")

    class Meta:
        verbose_name = _("追回分成")
        verbose_name_plural = _("追回分成")
        constraints = [
            models.CheckConstraint(
                condition=Q(net_fen=F("paid_fen") + F("borne_fen") - F("commission_fen")), name="claw_back_adds_up"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.net_fen}"

    @property
    def gross_fen(self) -> int:
        """What of the thing's worth went back."""
        return self.paid_fen + self.borne_fen


class ClawBackLine(models.Model):
    """What of one share went back."""

    claw_back = models.ForeignKey(ClawBack, models.CASCADE, related_name="lines")
    code = models.CharField(max_length=32)
    fen = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claw_back", "code"], name="claw_back_line_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.fen}"
