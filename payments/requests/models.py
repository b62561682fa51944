"""A young person asks somebody to pay; a guardian speaks on what was paid alone. No workflow here."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel
from payments.models import PaymentIntent
from payments.requests.enums import Decision, Outcome, RequestEventKind, RequestState, Shown

MESSAGE_LENGTH = 60


class PaymentRequest(PublicIdModel):
    """That the buyer of an intent asks others to pay it, until the hold ends.

    Of the link only the SHA-256 of its token is kept; `link_salt` is what the token is made from together with a key
    that is not in the database (see `tokens`). An ask that goes to guardians only has neither.
    """

    intent = models.ForeignKey(PaymentIntent, models.PROTECT, related_name="requests")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="payment_requests")
    # In the app: to one guardian, or to all of them when nobody is named.
    in_app = models.BooleanField(default=False)
    intended_payer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="payment_requests_received"
    )
    token_digest = models.CharField(max_length=64, unique=True, null=True, blank=True)
    link_salt = models.CharField(max_length=32, blank=True)
    shown: Any = ArrayField(models.CharField(max_length=10, choices=Shown), default=list, blank=True)
    message = EncryptedTextField(_("想说的话"), subject="created_by.public_id", max_length=MESSAGE_LENGTH, blank=True)
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.ACTIVE)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("代付请求")
        verbose_name_plural = _("代付请求")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="ask_state_known"),
            models.CheckConstraint(
                condition=Q(state="active", ended_at=None) | (~Q(state="active") & Q(ended_at__isnull=False)),
                name="ask_ended_iff_over",
            ),
            models.CheckConstraint(condition=Q(shown__contained_by=Shown.values), name="ask_shown_known"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="ask_expires_after_asking"),
            models.CheckConstraint(
                condition=Q(token_digest=None, link_salt="") | (Q(token_digest__isnull=False) & ~Q(link_salt="")),
                name="ask_link_whole",
            ),
            # Somebody must be able to hear of it.
            models.CheckConstraint(
                condition=Q(in_app=True) | Q(token_digest__isnull=False, intended_payer=None),
                name="ask_reaches_someone",
            ),
            models.UniqueConstraint(fields=["intent"], condition=Q(state="active"), name="one_active_ask_per_intent"),
            models.UniqueConstraint(fields=["created_by"], condition=Q(state="active"), name="one_open_ask_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.state}"

    @property
    def is_active(self) -> bool:
        """Still waiting for somebody to pay, as far as our rows say."""
        return self.state == RequestState.ACTIVE

    @property
    def has_link(self) -> bool:
        """Whether there is a link that anybody could pay by."""
        return self.token_digest is not None


class RequestEvent(models.Model):
    """What happened to an ask and when; by whom only where it was somebody with an account. Never an address."""

    request = models.ForeignKey(PaymentRequest, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=14, choices=RequestEventKind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RequestEventKind.values), name="ask_event_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.kind}"


class GuardianDecision(PublicIdModel):
    """A guardian's word on what a young person paid alone: one for each payment, never changed.

    Civil Code, art. 19 and 145: what goes beyond a minor's small daily deals holds once a guardian assents to it.
    The database refuses any change (see migration 0002).
    """

    intent = models.OneToOneField(PaymentIntent, models.PROTECT, related_name="guardian_decision")
    guardian = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="payment_decisions")
    decision = models.CharField(max_length=10, choices=Decision)
    outcome = models.CharField(max_length=10, choices=Outcome)
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("监护人的决定")
        verbose_name_plural = _("监护人的决定")
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="ratified", outcome="stands")
                | Q(decision="refused", outcome__in=["refunded", "with_staff"]),
                name="decision_and_outcome_agree",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intent} {self.decision}"
