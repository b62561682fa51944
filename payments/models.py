"""What is owed, each try to pay it, what gateways told us, what went back. No workflow here."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from payments.enums import (
    OPEN_ATTEMPT_STATES,
    AttemptState,
    Client,
    EventAbout,
    IncidentKind,
    IntentState,
    Method,
    RefundReason,
    RefundState,
)


def _due_index(name: str) -> models.Index:
    return models.Index(fields=["next_check_at"], condition=Q(next_check_at__isnull=False), name=name)


class Checked(models.Model):
    """A row that is looked at again at `next_check_at`, ever more rarely; null when it is final."""

    next_check_at = models.DateTimeField(null=True, blank=True)
    check_count = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class PaymentIntent(Checked):
    """An amount owed for one payable until a time."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    payable_kind = models.CharField(max_length=32)
    payable_id = models.BigIntegerField()
    amount_fen = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="CNY")
    state = models.CharField(max_length=16, choices=IntentState.choices, default=IntentState.OPEN)
    # Money's history outlives a person's account: erasure anonymises the user, never deletes.
    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="payment_intents")
    expires_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)
    # The one attempt whose money was accepted; late and duplicate money goes back through its own.
    settled_by = models.OneToOneField(
        "PaymentAttempt", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("应付款")
        verbose_name_plural = _("应付款")
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="intent_amount_positive"),
            models.CheckConstraint(condition=Q(currency="CNY"), name="intent_currency_is_cny"),
            models.CheckConstraint(condition=Q(state__in=IntentState.values), name="intent_state_known"),
            models.CheckConstraint(
                condition=Q(
                    state__in=["paid", "refunded_part", "refunded"],
                    paid_at__isnull=False,
                    settled_by__isnull=False,
                )
                | Q(
                    state__in=["open", "cancelled", "expired"],
                    paid_at__isnull=True,
                    settled_by__isnull=True,
                ),
                name="intent_paid_iff_settled",
            ),
            models.UniqueConstraint(
                fields=["payable_kind", "payable_id"],
                condition=Q(state="open"),
                name="one_open_intent_per_payable",
            ),
        ]
        indexes = [
            models.Index(fields=["payable_kind", "payable_id"], name="intent_payable"),
            _due_index("intent_due"),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.state}"

    @property
    def is_open(self) -> bool:
        """Still waiting for money."""
        return self.state == IntentState.OPEN

    @property
    def was_paid(self) -> bool:
        """Paid, whatever went back since."""
        return self.paid_at is not None


class PaymentAttempt(Checked):
    """One try to pay an intent at one gateway; the row is committed before the gateway hears of it."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    intent = models.ForeignKey(PaymentIntent, on_delete=models.PROTECT, related_name="attempts")
    gateway = models.CharField(max_length=16)
    method = models.CharField(max_length=10, choices=Method.choices)
    client = models.CharField(max_length=8, choices=Client.choices)
    out_trade_no = models.CharField(max_length=32, unique=True)
    provider_ref = models.CharField(max_length=64, null=True, blank=True)
    # What the company calls a trade before it is paid, where it has such a name (Stripe's session).
    handle = models.CharField(max_length=128, blank=True)
    # Who tried; null for a payer without an account. What comes back goes by the way it came, not to the buyer.
    payer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="payments_tried"
    )
    state = models.CharField(max_length=16, choices=AttemptState.choices, default=AttemptState.CREATED)
    # What the payer scans, so that a reload shows the same code.
    qr_text = models.CharField(max_length=512, blank=True)
    payable_until = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)
    amount_fen = models.BigIntegerField()
    captured_fen = models.BigIntegerField(default=0)
    # Claimed: asked back, done or not. A refund claims before it is sent, so no two overdraw.
    refund_claimed_fen = models.BigIntegerField(default=0)
    refunded_fen = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    last_checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("付款尝试")
        verbose_name_plural = _("付款尝试")
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="attempt_amount_positive"),
            models.CheckConstraint(condition=Q(state__in=AttemptState.values), name="attempt_state_known"),
            models.CheckConstraint(
                condition=Q(state="succeeded", captured_fen=F("amount_fen"), paid_at__isnull=False)
                | (~Q(state="succeeded") & Q(captured_fen=0, paid_at__isnull=True)),
                name="attempt_captured_iff_succeeded",
            ),
            models.CheckConstraint(
                condition=Q(
                    refunded_fen__gte=0,
                    refund_claimed_fen__gte=F("refunded_fen"),
                    captured_fen__gte=F("refund_claimed_fen"),
                ),
                name="attempt_refunds_within_captured",
            ),
            models.UniqueConstraint(
                fields=["intent"],
                condition=Q(state__in=OPEN_ATTEMPT_STATES),
                name="one_open_attempt_per_intent",
            ),
            models.UniqueConstraint(fields=["gateway", "provider_ref"], name="one_attempt_per_provider_ref"),
        ]
        indexes = [
            _due_index("attempt_due"),
        ]

    def __str__(self) -> str:
        return f"{self.out_trade_no} {self.state}"

    @property
    def is_open(self) -> bool:
        """Money may still come through it, as far as we know."""
        return self.state in OPEN_ATTEMPT_STATES


class ProviderEvent(Checked):
    """A verified message of a gateway, kept once as it came. A hint, never a fact."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    gateway = models.CharField(max_length=16)
    event_id = models.CharField(max_length=128)
    kind = models.CharField(max_length=64)
    out_trade_no = models.CharField(max_length=64, blank=True)
    about = models.CharField(max_length=12, choices=EventAbout.choices, default=EventAbout.TRADE)
    ref = models.CharField(max_length=128, blank=True)
    raw_body = models.TextField()
    headers = models.JSONField(default=dict)
    received_at = models.DateTimeField(auto_now_add=True)
    processed_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("支付通知")
        verbose_name_plural = _("支付通知")
        constraints = [
            models.UniqueConstraint(fields=["gateway", "event_id"], name="one_row_per_event"),
        ]
        indexes = [
            _due_index("event_due"),
        ]

    def __str__(self) -> str:
        return f"{self.gateway} {self.event_id}"


class Refund(Checked):
    """Money on its way back through the attempt it came by."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    attempt = models.ForeignKey(PaymentAttempt, on_delete=models.PROTECT, related_name="refunds")
    # The caller's name for this one act: asking twice is asking once.
    key = models.CharField(max_length=100, unique=True)
    out_refund_no = models.CharField(max_length=32, unique=True)
    amount_fen = models.BigIntegerField()
    reason = models.CharField(max_length=32, choices=RefundReason.choices)
    state = models.CharField(max_length=16, choices=RefundState.choices, default=RefundState.REQUESTED)
    initiator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="refunds_started",
    )
    requested_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("退款")
        verbose_name_plural = _("退款")
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="refund_amount_positive"),
            models.CheckConstraint(condition=Q(state__in=RefundState.values), name="refund_state_known"),
            models.CheckConstraint(
                condition=Q(state="succeeded", finished_at__isnull=False)
                | (~Q(state="succeeded") & Q(finished_at__isnull=True)),
                name="refund_finished_iff_succeeded",
            ),
        ]
        indexes = [
            _due_index("refund_due"),
        ]

    def __str__(self) -> str:
        return f"{self.out_refund_no} {self.state}"


class PaymentIncident(models.Model):
    """Something about money that a person has to look at; repeats raise the count of one row."""

    kind = models.CharField(max_length=32, choices=IncidentKind.choices)
    key = models.CharField(max_length=150, unique=True)
    gateway = models.CharField(max_length=16)
    attempt = models.ForeignKey(
        PaymentAttempt,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="incidents",
    )
    details = models.JSONField(default=dict)
    count = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField(auto_now_add=True)
    last_seen_at = models.DateTimeField(auto_now=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("付款异常")
        verbose_name_plural = _("付款异常")

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
