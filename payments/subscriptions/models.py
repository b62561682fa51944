"""Plans, the permission to debit, whose plan runs until when, each period of it, and the proof that it was announced."""

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.notifications.enums import Channel
from payments.models import Checked, PaymentIntent
from payments.subscriptions.enums import (
    LIVE_STATES,
    OPEN_AGREEMENTS,
    OPEN_STATES,
    AgreementState,
    Benefit,
    CycleKind,
    CycleState,
    EndReason,
    SubscriptionState,
)


class Plan(models.Model):
    """What is on offer. A new price is a new version; a row that somebody has is never changed."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    code = models.SlugField(max_length=32)
    version = models.PositiveIntegerField(default=1)
    name = models.CharField(_("名称"), max_length=40)
    name_en = models.CharField(_("英文名称"), max_length=40, blank=True)
    amount_fen = models.BigIntegerField(_("价格（分）"))
    period_months = models.PositiveSmallIntegerField(_("每期几个月"), default=1)
    trial_days = models.PositiveSmallIntegerField(_("试用天数"), default=7)
    benefits = ArrayField(models.CharField(max_length=16, choices=Benefit.choices), default=list)
    sessions = models.PositiveSmallIntegerField(_("每期含几次咨询"), default=0)
    # What a session of the allowance is worth to whoever holds it.
    session_unit_fen = models.BigIntegerField(_("每次咨询的价值（分）"), default=0)
    on_sale_from = models.DateTimeField(default=timezone.now)
    on_sale_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("会员方案")
        verbose_name_plural = _("会员方案")
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="plan_amount_positive"),
            models.CheckConstraint(condition=Q(period_months__gte=1), name="plan_period_positive"),
            # Notice is due five days before the first charge, and companies take no shorter period.
            models.CheckConstraint(condition=Q(trial_days__gte=7), name="plan_trial_leaves_time_for_notice"),
            models.CheckConstraint(
                condition=Q(session_unit_fen__gte=0, amount_fen__gte=F("sessions") * F("session_unit_fen")),
                name="plan_sessions_within_price",
            ),
            models.UniqueConstraint(fields=["code", "version"], name="one_plan_version"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(on_sale_until__isnull=True), name="one_plan_version_on_sale"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def display_name(self) -> str:
        """The name in the reader's language."""
        is_english = (get_language() or "").startswith("en")
        return (is_english and self.name_en) or self.name


class Subscription(Checked):
    """One family's plan, at the price it was agreed for. `next_check_at`: when something is to be done next."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    # Money's history outlives a person's account: erasure anonymises the user, never deletes.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="subscriptions")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="subscriptions")
    amount_fen = models.BigIntegerField()
    state = models.CharField(max_length=12, choices=SubscriptionState.choices, default=SubscriptionState.INCOMPLETE)
    trial_ends_at = models.DateTimeField(null=True, blank=True)
    paid_through = models.DateTimeField(null=True, blank=True)
    # While a debit is under way or tried again: until the last try.
    grace_until = models.DateTimeField(null=True, blank=True)
    # Never ticked beforehand: without a choice it ends and nothing is taken.
    renews = models.BooleanField(default=False)
    choice_made_at = models.DateTimeField(null=True, blank=True)
    # The day of the month on which periods begin, so that a short month does not move it for good.
    anchor_day = models.PositiveSmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=16, choices=EndReason.choices, blank=True)

    class Meta:
        verbose_name = _("会员")
        verbose_name_plural = _("会员")
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="subscription_amount_positive"),
            models.CheckConstraint(condition=Q(state__in=SubscriptionState.values), name="subscription_state_known"),
            models.CheckConstraint(
                condition=Q(renews=False) | Q(choice_made_at__isnull=False), name="subscription_renews_by_choice"
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False) & ~Q(ended_reason="")
                | ~Q(state="ended") & Q(ended_at__isnull=True, ended_reason=""),
                name="subscription_ended_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="trialing") | Q(trial_ends_at__isnull=False), name="subscription_trial_has_end"
            ),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(paid_through__isnull=False), name="subscription_active_is_paid"
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(state__in=LIVE_STATES), name="one_live_subscription_per_user"
            ),
        ]
        indexes = [
            models.Index(fields=["next_check_at"], condition=Q(next_check_at__isnull=False), name="subscription_due"),
            models.Index(fields=["user", "state"], name="subscription_of_user"),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.state}"

    @property
    def period_ends_at(self) -> datetime | None:
        """The end of the trial or of what is paid."""
        return max(filter(None, (self.trial_ends_at, self.paid_through)), default=None)

    @property
    def access_until(self) -> datetime | None:
        """Until when the plan opens what it holds, while it is in force; None when it opens nothing."""
        if self.state not in OPEN_STATES:
            return None
        return max(filter(None, (self.trial_ends_at, self.paid_through, self.grace_until)), default=None)


class Agreement(Checked):
    """A payer's permission to debit, given on a company's own page; the row is committed before the company hears of it."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="agreements")
    gateway = models.CharField(max_length=16)
    out_agreement_no = models.CharField(max_length=32, unique=True)
    provider_ref = models.CharField(max_length=128, null=True, blank=True)
    # What the company calls the page on which it is signed, where it has such a name.
    handle = models.CharField(max_length=128, blank=True)
    # Keyed digest of the account or card, to know a second trial with it; never the number itself.
    instrument_digest = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=8, choices=AgreementState.choices, default=AgreementState.WAITING)
    # What was shown and agreed to: the price and the day of the first debit.
    amount_fen = models.BigIntegerField()
    first_charge_on = models.DateField()
    # Signing it is also the choice to renew (it was signed from "renew", not from "try").
    chooses_renewal = models.BooleanField(default=False)
    # What a company that charges by itself last confirmed of the choice; another answer then is a choice made there.
    told_renews = models.BooleanField(default=False)
    # When the company was told of the next debit, where it wants to know.
    announced_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    signed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("扣款协议")
        verbose_name_plural = _("扣款协议")
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="agreement_amount_positive"),
            models.CheckConstraint(condition=Q(state__in=AgreementState.values), name="agreement_state_known"),
            models.CheckConstraint(
                condition=~Q(state="signed") | Q(signed_at__isnull=False), name="agreement_signed_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False) | ~Q(state="ended") & Q(ended_at__isnull=True),
                name="agreement_ended_iff_ended_at",
            ),
            models.UniqueConstraint(
                fields=["subscription"], condition=Q(state=AgreementState.WAITING), name="one_waiting_agreement"
            ),
            # The one before stays until its successor is signed.
            models.UniqueConstraint(
                fields=["subscription"], condition=Q(state=AgreementState.SIGNED), name="one_signed_agreement"
            ),
            models.UniqueConstraint(fields=["gateway", "provider_ref"], name="one_agreement_per_provider_ref"),
        ]
        indexes = [
            models.Index(fields=["next_check_at"], condition=Q(next_check_at__isnull=False), name="agreement_due"),
        ]

    def __str__(self) -> str:
        return f"{self.out_agreement_no} {self.state}"

    @property
    def is_open(self) -> bool:
        """The company may still hold it."""
        return self.state in OPEN_AGREEMENTS


class BillingCycle(models.Model):
    """One period of a subscription; what is paid for when a plan is paid. No period has two rows."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="cycles")
    kind = models.CharField(max_length=8, choices=CycleKind.choices)
    state = models.CharField(max_length=8, choices=CycleState.choices, default=CycleState.PLANNED)
    period_starts_at = models.DateTimeField()
    period_ends_at = models.DateTimeField()
    amount_fen = models.BigIntegerField()
    sessions = models.PositiveSmallIntegerField(default=0)
    session_unit_fen = models.BigIntegerField(default=0)
    # Counted when the period closes: what of the allowance was used, and so is owed to whoever held the sessions.
    sessions_used = models.PositiveSmallIntegerField(default=0)
    intent = models.OneToOneField(PaymentIntent, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Set once, before the first debit is asked for; the database wants an announcement five days older.
    charge_begun_at = models.DateTimeField(null=True, blank=True)
    # Debits that were refused; the next one is due at `next_try_at`, and no worker tries before.
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    # What the last refused debit was refused for: the company's code, for staff.
    last_refusal = models.CharField(max_length=64, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("会员周期")
        verbose_name_plural = _("会员周期")
        ordering = ["period_starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["subscription", "period_starts_at"], name="one_cycle_per_period"),
            models.CheckConstraint(condition=Q(period_ends_at__gt=F("period_starts_at")), name="cycle_has_length"),
            models.CheckConstraint(
                condition=Q(kind="trial", amount_fen=0, intent__isnull=True) | ~Q(kind="trial") & Q(amount_fen__gt=0),
                name="cycle_free_iff_trial",
            ),
            models.CheckConstraint(condition=Q(kind__in=CycleKind.values), name="cycle_kind_known"),
            models.CheckConstraint(condition=Q(state__in=CycleState.values), name="cycle_state_known"),
            models.CheckConstraint(
                condition=Q(kind="trial")
                | Q(state__in=["opened", "closed", "refunded"], paid_at__isnull=False)
                | Q(state__in=["planned", "due", "void"], paid_at__isnull=True),
                name="cycle_open_iff_paid",
            ),
            # One period at a time is planned or being paid for.
            models.UniqueConstraint(
                fields=["subscription"],
                condition=Q(state__in=[CycleState.PLANNED, CycleState.DUE]),
                name="one_coming_cycle",
            ),
            models.UniqueConstraint(fields=["subscription"], condition=Q(kind=CycleKind.TRIAL), name="one_trial_cycle"),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.state}"


class RenewalNotice(models.Model):
    """Proof that a family was told of a period's price and day before it; written once, never changed."""

    cycle = models.ForeignKey(BillingCycle, on_delete=models.PROTECT, related_name="notices")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    sent_at = models.DateTimeField()
    charge_on = models.DateField()
    amount_fen = models.BigIntegerField()
    # Whether renewing was chosen when it was sent: the words differ.
    renews = models.BooleanField()
    wording = models.CharField(max_length=16)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("续费提醒")
        verbose_name_plural = _("续费提醒")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "channel"], name="one_notice_per_channel"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="notice_names_an_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.channel}"


class TrialUse(models.Model):
    """That a person, and an account or card, had their one trial."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    instrument_digest = models.CharField(max_length=64, unique=True, null=True, blank=True)
    subscription = models.OneToOneField(Subscription, on_delete=models.PROTECT, related_name="trial_use")
    begun_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("试用记录")
        verbose_name_plural = _("试用记录")

    def __str__(self) -> str:
        return f"{self.subscription_id}"
