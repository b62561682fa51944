"""Keys of partners' programs, calls that must not happen twice, and what is sent to partners' own addresses."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.partner.models import Partner
from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel

from .enums import CallState, DeliveryState, EventKind, Scope


class ApiKey(PublicIdModel):
    """One key of one partner. Only its digest is kept: whoever loses it makes another.

    A key does what the person who made it may do, and nothing once they no longer manage the partner.
    """

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="api_keys")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_keys")
    label = models.CharField(_("名称"), max_length=40)
    prefix = models.CharField(max_length=16, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope), verbose_name=_("可以做什么"))
    made_at: datetime = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(scopes__len__gte=1), name="api_key_may_do_something"),
            models.CheckConstraint(condition=Q(scopes__contained_by=Scope.values), name="api_key_scopes_known"),
        ]

    @staticmethod
    def digest_of(secret: str) -> str:
        """Return what is kept of a key; it is random enough to need no salt."""
        return hashlib.sha256(secret.encode()).hexdigest()

    def __str__(self) -> str:
        return self.label


class IdempotentCall(models.Model):
    """A call named by its caller, so that sending it again does nothing again: the database lets one row in."""

    api_key = models.ForeignKey(ApiKey, models.CASCADE, related_name="calls")
    name = models.CharField(max_length=64)
    request_digest = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=CallState, default=CallState.RUNNING)
    status_code = models.PositiveSmallIntegerField(null=True, blank=True)
    answer = models.JSONField(null=True, blank=True)
    claimed_at: datetime = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["api_key", "name"], name="call_made_once"),
            models.CheckConstraint(
                condition=Q(state=CallState.RUNNING, status_code__isnull=True, answer__isnull=True)
                | Q(state=CallState.DONE, status_code__isnull=False),
                name="call_done_has_answer",
            ),
        ]
        indexes = [models.Index(fields=["claimed_at"], name="call_by_age")]

    def __str__(self) -> str:
        return self.name


class WebhookEndpoint(PublicIdModel):
    """An address of a partner's own that is told what happens; its secret signs what is sent."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="webhook_endpoints")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="webhook_endpoints")
    address = EncryptedTextField(_("地址"), subject="partner.public_id", max_length=500)
    secret = EncryptedTextField(subject="partner.public_id")
    events = ArrayField(models.CharField(max_length=20, choices=EventKind), verbose_name=_("告诉什么"))
    made_at: datetime = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(events__contained_by=EventKind.values), name="webhook_events_known"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class WebhookDelivery(PublicIdModel):
    """One piece of news for one address: written with the fact it tells of, sent after it."""

    endpoint = models.ForeignKey(WebhookEndpoint, models.CASCADE, related_name="deliveries")
    kind = models.CharField(max_length=20, choices=EventKind)
    payload = models.JSONField()
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at: datetime = models.DateTimeField(default=timezone.now)
    happened_at: datetime = models.DateTimeField(default=timezone.now)
    delivered_at = models.DateTimeField(null=True, blank=True)
    status_code = models.PositiveSmallIntegerField(null=True, blank=True)
    trouble = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-happened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.DELIVERED) | Q(delivered_at__isnull=False),
                name="delivered_has_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], name="webhook_waiting", condition=Q(state="waiting")),
            models.Index(fields=["endpoint", "-happened_at"], name="webhook_log"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"
