"""What a partner is owed month by month, the account it wants its money at, and each try to send it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel
from payments.models import Checked
from payments.settlement.enums import LIVE_PAYOUT_STATES, Channel, PayoutState


class Payee(models.Model):
    """A partner that has earned something: the row that is locked before its money moves."""

    payee = models.UUIDField(unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("收款机构")
        verbose_name_plural = _("收款机构")

    def __str__(self) -> str:
        return str(self.payee)


class Statement(PublicIdModel):
    """A partner's month, fixed when it is drawn up: what was carried over, earned, taken back, paid, and is left."""

    payee = models.UUIDField()
    period_on = models.DateField()  # the first day of the month
    drawn_up_at = models.DateTimeField(default=timezone.now)
    opening_fen = models.BigIntegerField()
    gross_fen = models.BigIntegerField()  # earned, less what went back
    commission_fen = models.BigIntegerField()
    # {code: fen}, less what went back: its parts.
    commissions = models.JSONField(default=dict)
    net_fen = models.BigIntegerField()
    paid_fen = models.BigIntegerField()
    closing_fen = models.BigIntegerField()

    class Meta:
        ordering = ["-period_on"]
        verbose_name = _("对账单")
        verbose_name_plural = _("对账单")
        constraints = [
            models.UniqueConstraint(fields=["payee", "period_on"], name="one_statement_a_month"),
            models.CheckConstraint(condition=Q(net_fen=F("gross_fen") - F("commission_fen")), name="statement_net"),
            models.CheckConstraint(
                condition=Q(closing_fen=F("opening_fen") + F("net_fen") - F("paid_fen")), name="statement_closes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payee} {self.period_on:%Y-%m}"


class PayoutAccount(PublicIdModel):
    """Where a partner wants its money. Never edited: a change is a row of its own, confirmed by a second person.

    It counts from `effective_at`, a day after the confirmation, so that a change nobody of the partner asked for is noticed.
    """

    payee = models.UUIDField()
    channel = models.CharField(_("方式"), max_length=8, choices=Channel.choices)
    holder = EncryptedTextField(_("户名"), subject="public_id", max_length=60)
    number = EncryptedTextField(_("账号"), subject="public_id", max_length=60)
    bank = EncryptedTextField(_("开户行"), subject="public_id", max_length=60, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    effective_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = _("收款账户")
        verbose_name_plural = _("收款账户")
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None, effective_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, effective_at__isnull=False),
                name="payout_account_confirmed_whole",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("asked_by")), name="payout_account_second_person"
            ),
            models.CheckConstraint(
                condition=Q(effective_at=None) | Q(effective_at__gt=F("confirmed_at")), name="payout_account_waits"
            ),
            models.UniqueConstraint(
                fields=["payee"], condition=Q(confirmed_at=None, stopped_at=None), name="one_account_change_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payee} {self.channel}"


class Payout(PublicIdModel, Checked):
    """Money to a partner: drafted by one person, approved by another, sent once under its number."""

    payee = models.UUIDField()
    account = models.ForeignKey(PayoutAccount, models.PROTECT, related_name="payouts")
    amount_fen = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=PayoutState.choices, default=PayoutState.DRAFT)
    out_payout_no = models.CharField(max_length=32, unique=True)
    provider_ref = models.CharField(max_length=64, blank=True)
    failure_code = models.CharField(max_length=64, blank=True)
    # Empty while only the monthly job has proposed it: a person takes it up before another approves.
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    drafted_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    # A new try, with a number of its own, only after the company said a definite no.
    retries = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="retried_by")
    statement = models.ForeignKey(Statement, models.PROTECT, null=True, blank=True, related_name="payouts")

    class Meta:
        ordering = ["-drafted_at", "-pk"]
        verbose_name = _("付款给机构")
        verbose_name_plural = _("付款给机构")
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="payout_amount_positive"),
            models.CheckConstraint(condition=Q(state__in=PayoutState.values), name="payout_state_known"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | (Q(drafted_by__isnull=False) & ~Q(approved_by=F("drafted_by"))),
                name="payout_approved_by_a_second",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="payout_never_unapproved",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "paid", "failed"], sent_at__isnull=False)
                | Q(state__in=["draft", "approved", "withdrawn"], sent_at=None),
                name="payout_sent_iff_sent",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["paid", "failed", "withdrawn"], finished_at__isnull=False)
                | Q(state__in=["draft", "approved", "sent"], finished_at=None),
                name="payout_finished_iff_over",
            ),
            models.UniqueConstraint(
                fields=["payee"], condition=Q(state__in=LIVE_PAYOUT_STATES), name="one_payout_under_way"
            ),
        ]
        indexes = [
            models.Index(fields=["next_check_at"], condition=Q(next_check_at__isnull=False), name="payout_due"),
        ]

    def __str__(self) -> str:
        return f"{self.out_payout_no} {self.state}"
