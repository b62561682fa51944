"""Disputed cards: what a payer's bank took back, or wants to. No workflow here."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel
from payments.disputes.enums import OPEN_DISPUTE_STATES, REASONS, DisputeState
from payments.models import Checked, PaymentAttempt, Refund


class Dispute(PublicIdModel, Checked):
    """One dispute over the money of one attempt, as its company told it last."""

    attempt = models.ForeignKey(PaymentAttempt, models.PROTECT, related_name="disputes")
    gateway = models.CharField(max_length=16)
    ref = models.CharField(max_length=64)
    state = models.CharField(max_length=16, choices=DisputeState.choices, default=DisputeState.NEEDS_RESPONSE)
    amount_fen = models.BigIntegerField()
    # The part of the attempt's money that no refund had claimed: claimed here while the bank decides, and gone when we
    # lose. Less than the amount when some had gone back before; the rest is then our loss.
    claimed_fen = models.BigIntegerField(default=0)
    # What the company holds back for it and keeps as its fee, as far as it is booked.
    held_fen = models.BigIntegerField(default=0)
    fee_fen = models.BigIntegerField(default=0)
    entry_count = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=64, blank=True)
    respond_by = models.DateTimeField(null=True, blank=True)
    evidence = EncryptedTextField(subject="public_id", blank=True, default="")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    # The chargeback as the payable was told of it.
    refund = models.OneToOneField(Refund, models.PROTECT, null=True, blank=True, related_name="dispute")
    opened_at = models.DateTimeField(default=timezone.now)
    # When the company was asked for what stands here; an answer to an earlier question changes nothing.
    heard_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("银行卡争议")
        verbose_name_plural = _("银行卡争议")
        constraints = [
            models.UniqueConstraint(fields=["gateway", "ref"], name="one_row_per_dispute"),
            models.CheckConstraint(condition=Q(state__in=DisputeState.values), name="dispute_state_known"),
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0, held_fen__gte=0, claimed_fen__gte=0, claimed_fen__lte=F("amount_fen")),
                name="dispute_amounts_fit",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_DISPUTE_STATES, closed_at__isnull=True)
                | Q(state__in=["won", "lost"], closed_at__isnull=False),
                name="dispute_closed_iff_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state="won") | Q(claimed_fen=0, refund__isnull=True),
                name="dispute_won_claims_nothing",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_by__isnull=False),
                name="dispute_answered_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["next_check_at"], condition=Q(next_check_at__isnull=False), name="dispute_due"),
        ]

    def __str__(self) -> str:
        return f"{self.gateway} {self.ref} {self.state}"

    @property
    def reason_label(self) -> str:
        """Why the bank asks, in the reader's language where we know the word."""
        return str(REASONS.get(self.reason, self.reason))

    @property
    def is_open(self) -> bool:
        """The bank has not decided."""
        return self.state in OPEN_DISPUTE_STATES
