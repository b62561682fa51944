from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import PublicIdModel

from .enums import Channel, MessageStatus


class Message(PublicIdModel):
    """One message on one channel: an outbox row, written with the fact it announces and delivered after it."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="messages_received"
    )
    channel = models.CharField(max_length=8, choices=Channel)
    address = models.CharField(max_length=254, blank=True, help_text=_("手机号、邮箱；站内消息为空"))
    subject = models.CharField(max_length=120, blank=True)
    body = models.TextField()
    url = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=120, unique=True, help_text=_("同一件事只发一次"))
    status = models.CharField(max_length=8, choices=MessageStatus, default=MessageStatus.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["next_attempt_at"], name="message_waiting", condition=models.Q(status="waiting")),
            models.Index(fields=["recipient", "-created_at"], name="message_inbox"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.subject or self.key}"
