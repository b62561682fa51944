"""Fork of Oscar's order: placed as pending before payment, in fen, with an expiry; lines know booking and child."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from oscar.apps.address.abstract_models import AbstractBillingAddress, AbstractShippingAddress
from oscar.apps.order.abstract_models import AbstractLine, AbstractOrder, AbstractOrderNote

from catalog.catalogue.enums import ReturnRule
from catalog.scheduling.models import Booking
from marketplace.core.encryption.fields import EncryptedTextField
from marketplace.core.models import PublicIdModel
from marketplace.core.money import fen_from_yuan
from marketplace.families.models import Child
from payments.models import Refund
from payments.settlement.models import FeeVersion

from .enums import OrderStatus, ProposalState, QuestionStatus


class Order(PublicIdModel, AbstractOrder):
    """What a family asked for and owes. Oscar's `status` holds an OrderStatus."""

    total_fen = models.BigIntegerField(default=0)
    refunded_fen = models.BigIntegerField(default=0)
    expires_at = models.DateTimeField(null=True, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    contact_name = models.CharField(_("联系人"), max_length=30, blank=True)
    contact_phone = models.CharField(_("联系电话"), max_length=20, blank=True)
    note = EncryptedTextField(_("留言"), subject="user.public_id", max_length=300, blank=True)

    class Meta(AbstractOrder.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(condition=models.Q(total_fen__gte=0), name="order_total_not_negative"),
            models.CheckConstraint(
                condition=models.Q(refunded_fen__gte=0) & models.Q(refunded_fen__lte=models.F("total_fen")),
                name="order_refunded_within_total",
            ),
            models.CheckConstraint(condition=models.Q(status__in=OrderStatus.values), name="order_status_known"),
            models.UniqueConstraint(fields=["basket"], name="one_order_per_basket"),
        ]
        indexes = [
            models.Index(fields=["expires_at"], name="order_expiring", condition=models.Q(status="pending")),
        ]

    @property
    def label(self) -> str:
        """The state in words."""
        return str(OrderStatus(self.status).label)

    @property
    def local_phone(self) -> str:
        """The contact's phone as people here write it: without the country's code."""
        return self.contact_phone.removeprefix("+86")


class Line(AbstractLine):
    """One thing in an order."""

    booking = models.OneToOneField(Booking, models.PROTECT, null=True, blank=True, related_name="order_line")
    child = models.ForeignKey(Child, models.SET_NULL, null=True, blank=True, related_name="+")
    price_fen = models.BigIntegerField(default=0, help_text=_("整行金额，分"))
    refunded_fen = models.BigIntegerField(default=0)
    # What is not paid in money: borne by the platform (a voucher), or paid before (a session of a package).
    discount_fen = models.BigIntegerField(default=0)
    credit_fen = models.BigIntegerField(default=0)
    return_rule = models.CharField(max_length=12, choices=ReturnRule, default=ReturnRule.NONE)
    # The published rules it was sold under; what the partner earns of it follows them for good.
    fee_version = models.ForeignKey(FeeVersion, models.PROTECT, null=True, blank=True, related_name="order_lines")

    class Meta(AbstractLine.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=models.Q(refunded_fen__gte=0) & models.Q(refunded_fen__lte=models.F("price_fen")),
                name="order_line_refunded_within_price",
            ),
            models.CheckConstraint(
                condition=models.Q(discount_fen__gte=0, credit_fen__gte=0), name="order_line_reductions_not_negative"
            ),
        ]

    @property
    def list_price_fen(self) -> int:
        """What the line would have cost without voucher or package."""
        return fen_from_yuan(self.line_price_before_discounts_incl_tax)


class ShippingAddress(PublicIdModel, AbstractShippingAddress):
    """Where a parcel goes."""

    class Meta(AbstractShippingAddress.Meta):
        abstract = False


class BillingAddress(PublicIdModel, AbstractBillingAddress):
    """Oscar's; nothing here asks for one."""

    class Meta(AbstractBillingAddress.Meta):
        abstract = False


class OrderNote(PublicIdModel, AbstractOrderNote):
    """What our staff wrote down about an order."""

    message = EncryptedTextField(subject="order.user.public_id")

    class Meta(AbstractOrderNote.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.order} · {self.note_type}"


class LineRefund(models.Model):
    """Which line a refund is for; its amount and state live with the refund."""

    line = models.ForeignKey(Line, models.PROTECT, related_name="refunds")
    refund = models.OneToOneField(Refund, models.PROTECT, related_name="order_line_refund")
    requested_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.line} · {self.refund}"


class RefundProposal(PublicIdModel):
    """Money that one of our people, or the partner's, gives back of a line; above a sum a second one decides."""

    line = models.ForeignKey(Line, models.PROTECT, related_name="refund_proposals")
    amount_fen = models.BigIntegerField()
    note = EncryptedTextField(_("为什么退"), subject="line.order.user.public_id", max_length=300)
    state = models.CharField(max_length=8, choices=ProposalState, default=ProposalState.WAITING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    refund = models.OneToOneField(Refund, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="refund_proposal_positive"),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("asked_by")),
                name="refund_proposal_two_people",
            ),
            models.CheckConstraint(
                condition=models.Q(state=ProposalState.ALONE, decided_by__isnull=True, refund__isnull=False)
                | models.Q(state=ProposalState.WAITING, decided_by__isnull=True, refund__isnull=True)
                | models.Q(state=ProposalState.REFUSED, decided_by__isnull=False, refund__isnull=True)
                | models.Q(state=ProposalState.APPROVED, decided_by__isnull=False, refund__isnull=False),
                name="refund_proposal_decided_once",
            ),
            models.UniqueConstraint(
                fields=["line"],
                condition=models.Q(state=ProposalState.WAITING),
                name="one_waiting_refund_proposal_per_line",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} · {self.get_state_display()}"


class OrderQuestion(PublicIdModel):
    """A family's question about an order, and our staff's answer."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="questions")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    body = EncryptedTextField(_("问题"), subject="asked_by.public_id", max_length=1000)
    asked_at = models.DateTimeField(default=timezone.now)
    status = models.CharField(max_length=8, choices=QuestionStatus, default=QuestionStatus.OPEN)
    answer = EncryptedTextField(_("回复"), subject="asked_by.public_id", max_length=2000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.order} · {self.get_status_display()}"


from oscar.apps.order.models import *  # noqa: E402, F403
