"""Goods on their way back."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.order.models import Line
from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel
from payments.models import Refund

from .enums import OPEN_RETURN_STATES, ReturnState


class ReturnRequest(PublicIdModel):
    """That a family sends some units of a line back, and what became of it."""

    line = models.ForeignKey(Line, models.PROTECT, related_name="returns")
    quantity = models.PositiveSmallIntegerField(_("数量"), default=1)
    state = models.CharField(max_length=10, choices=ReturnState, default=ReturnState.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    reason = EncryptedTextField(_("原因（可以不写）"), subject="asked_by.public_id", max_length=300, blank=True)
    # Where to: the partner's own words, an address of a business.
    send_to = models.CharField(_("寄到"), max_length=200, blank=True)
    send_by = models.DateTimeField(null=True, blank=True)
    carrier = models.CharField(_("快递公司"), max_length=30, blank=True)
    tracking_number = models.CharField(_("运单号"), max_length=40, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    refusal = EncryptedTextField(_("没有通过的原因"), subject="asked_by.public_id", max_length=300, blank=True)
    is_restocked = models.BooleanField(_("重新上架"), default=False)
    refund_fen = models.BigIntegerField(default=0)
    refund = models.OneToOneField(Refund, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="return_of_something"),
            models.CheckConstraint(condition=Q(refund_fen__gte=0), name="return_refund_not_negative"),
            models.CheckConstraint(
                condition=~Q(state=ReturnState.REFUNDED) | Q(received_at__isnull=False),
                name="return_refunded_after_receipt",
            ),
            models.UniqueConstraint(
                fields=["line"], condition=Q(state__in=OPEN_RETURN_STATES), name="one_open_return_per_line"
            ),
        ]
        indexes = [models.Index(fields=["send_by"], name="return_lapsing", condition=Q(state="approved"))]

    def __str__(self) -> str:
        return f"{self.line} · {self.get_state_display()}"
