"""Companies' bills as they came, what in them differs from our books, and what two people decided. No workflow here.

Trades and refunds are named by their numbers, as companies name them.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel
from payments.books.enums import (
    BillState,
    DecisionAbout,
    DecisionState,
    DifferenceKind,
    DifferenceState,
    Resolution,
)
from payments.enums import RefundState
from payments.models import Checked


class BookedBill(Checked):
    """The bill of one company and one Shanghai day, compared once it is there."""

    gateway = models.CharField(max_length=16)
    day = models.DateField()
    state = models.CharField(max_length=8, choices=BillState.choices, default=BillState.WAITING)
    line_count = models.PositiveIntegerField(default=0)
    paid_fen = models.BigIntegerField(default=0)
    refunded_fen = models.BigIntegerField(default=0)
    disputed_fen = models.BigIntegerField(default=0)
    fee_fen = models.BigIntegerField(default=0)
    difference_count = models.PositiveIntegerField(default=0)
    booked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("支付机构账单")
        verbose_name_plural = _("支付机构账单")
        constraints = [
            models.UniqueConstraint(fields=["gateway", "day"], name="one_bill_per_gateway_and_day"),
            models.CheckConstraint(
                condition=Q(state="booked", booked_at__isnull=False) | Q(state="waiting", booked_at__isnull=True),
                name="bill_booked_iff_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gateway} {self.day}"


class BookedLine(models.Model):
    """One line of a bill. `key` names the fact in it, so that a bill fetched twice is kept once."""

    bill = models.ForeignKey(BookedBill, models.CASCADE, related_name="lines")
    key = models.CharField(max_length=150)
    kind = models.CharField(max_length=8)
    out_trade_no = models.CharField(max_length=64, blank=True)
    out_refund_no = models.CharField(max_length=64, blank=True)
    provider_ref = models.CharField(max_length=64, blank=True)
    amount_fen = models.BigIntegerField()
    fee_fen = models.BigIntegerField()
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("账单行")
        verbose_name_plural = _("账单行")
        constraints = [models.UniqueConstraint(fields=["bill", "key"], name="one_line_per_fact_and_bill")]
        indexes = [
            models.Index(fields=["out_trade_no"], name="billed_trade"),
            models.Index(fields=["out_refund_no"], name="billed_refund"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def fee_given_back_fen(self) -> int:
        """What of its fee the company returned, in fen; 0 or less when it kept one."""
        return -self.fee_fen


class Difference(PublicIdModel):
    """One fact that a company's books and ours tell differently. `key` names it, so that it is opened once."""

    key = models.CharField(max_length=150, unique=True)
    gateway = models.CharField(max_length=16)
    day = models.DateField()
    kind = models.CharField(max_length=16, choices=DifferenceKind.choices)
    out_trade_no = models.CharField(max_length=64, blank=True)
    out_refund_no = models.CharField(max_length=64, blank=True)
    provider_ref = models.CharField(max_length=64, blank=True)
    # Null where one side has nothing at all.
    ours_fen = models.BigIntegerField(null=True, blank=True)
    theirs_fen = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=DifferenceState.choices, default=DifferenceState.OPEN)
    opened_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    # The next bill told it as we do: nobody had to decide.
    came_right = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("对账差异")
        verbose_name_plural = _("对账差异")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="resolved", resolved_at__isnull=False)
                | Q(state__in=["open", "proposed"], resolved_at__isnull=True, came_right=False),
                name="difference_resolved_iff_dated",
            ),
        ]
        indexes = [models.Index(fields=["state", "day"], name="difference_by_state")]

    def __str__(self) -> str:
        return self.key

    @property
    def gap_fen(self) -> int:
        """How much more the company has than we, in fen."""
        return (self.theirs_fen or 0) - (self.ours_fen or 0)


class Decision(PublicIdModel):
    """What one person proposes and another confirms; the database holds them to be two."""

    about = models.CharField(max_length=12, choices=DecisionAbout.choices)
    difference = models.ForeignKey(Difference, models.PROTECT, null=True, blank=True, related_name="decisions")
    # An incident's key or a refund's number; empty for a difference.
    subject_key = models.CharField(max_length=150, blank=True)
    resolution = models.CharField(max_length=24, choices=Resolution.choices)
    note = EncryptedTextField(_("说明"), subject="public_id", max_length=2000)
    state = models.CharField(max_length=12, choices=DecisionState.choices, default=DecisionState.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    # What was booked; empty where the resolution books nothing.
    entry_key = models.CharField(max_length=150, blank=True)

    class Meta:
        verbose_name = _("双人决定")
        verbose_name_plural = _("双人决定")
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")), name="decision_by_two_people"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_by__isnull=True, decided_at__isnull=True)
                | Q(state="withdrawn", decided_by__isnull=True, decided_at__isnull=False)
                | Q(state__in=["confirmed", "declined"], decided_by__isnull=False, decided_at__isnull=False),
                name="decision_decided_iff_somebody_did",
            ),
            models.CheckConstraint(
                condition=Q(about="difference", difference__isnull=False, subject_key="")
                | (Q(about__in=["incident", "refund"], difference__isnull=True) & ~Q(subject_key="")),
                name="decision_about_one_thing",
            ),
            models.UniqueConstraint(
                fields=["difference"],
                condition=Q(state__in=["proposed", "confirmed"], difference__isnull=False),
                name="one_live_decision_per_difference",
            ),
            models.UniqueConstraint(
                fields=["about", "subject_key"],
                condition=Q(state__in=["proposed", "confirmed"], difference__isnull=True),
                name="one_live_decision_per_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.resolution} {self.state}"


class IncidentCase(PublicIdModel):
    """Who looks after an incident, and with what words it was closed."""

    incident_key = models.CharField(max_length=150, unique=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    note = EncryptedTextField(_("处理说明"), subject="public_id", max_length=2000, default="")

    class Meta:
        verbose_name = _("异常的经手")
        verbose_name_plural = _("异常的经手")
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="case_closed_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.incident_key


class SuspenseReturn(Checked):
    """Money that contradicted our rows on its way back, in full; committed before the company hears of it."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="suspense_return")
    gateway = models.CharField(max_length=16)
    # One trade is given back once.
    out_trade_no = models.CharField(max_length=32, unique=True)
    out_refund_no = models.CharField(max_length=32, unique=True)
    amount_fen = models.BigIntegerField()
    state = models.CharField(max_length=16, choices=RefundState.choices, default=RefundState.REQUESTED)
    requested_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("待查款退回")
        verbose_name_plural = _("待查款退回")
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="suspense_return_positive"),
            models.CheckConstraint(
                condition=Q(state="succeeded", finished_at__isnull=False)
                | (~Q(state="succeeded") & Q(finished_at__isnull=True)),
                name="suspense_return_finished_iff_succeeded",
            ),
        ]

    def __str__(self) -> str:
        return self.out_refund_no
