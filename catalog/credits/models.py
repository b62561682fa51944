"""Sessions paid for ahead: what a package promises, what a family holds of it, and where each one went."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.catalogue.models import Product
from catalog.order.models import Line
from catalog.partner.models import Partner
from catalog.scheduling.models import Booking, HealthcareService
from marketplace.core.models import PublicIdModel
from marketplace.families.models import Child
from payments.models import Refund

from .enums import GrantSource


class Package(models.Model):
    """What a product of the kind "package" promises: so many sessions of these services, within so many days."""

    product = models.OneToOneField(Product, models.CASCADE, related_name="package")
    sessions = models.PositiveSmallIntegerField(
        _("次数"), default=5, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    valid_days = models.PositiveSmallIntegerField(
        _("有效天数"), default=180, validators=[MinValueValidator(30), MaxValueValidator(730)]
    )
    services = models.ManyToManyField(HealthcareService, related_name="packages", verbose_name=_("可以用在"))

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(sessions__gte=1), name="package_has_sessions")]

    def __str__(self) -> str:
        return str(self.product)


class CreditGrant(PublicIdModel):
    """Sessions a family holds, from one source, until a day. What is covered is frozen at sale."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="credit_grants")
    # Whom it was bought for; empty: any child of the family.
    child = models.ForeignKey(Child, models.SET_NULL, null=True, blank=True, related_name="+")
    source_kind = models.CharField(max_length=12, choices=GrantSource)
    source_id = models.BigIntegerField()
    order_line = models.OneToOneField(Line, models.PROTECT, null=True, blank=True, related_name="credit_grant")
    product = models.ForeignKey(Product, models.PROTECT, null=True, blank=True, related_name="+")
    # What it covers: these services, else any individual session of the partner, else any; up to a price.
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, related_name="+")
    services = models.ManyToManyField(HealthcareService, related_name="+", blank=True)
    max_price_fen = models.BigIntegerField(null=True, blank=True)
    total = models.PositiveSmallIntegerField()
    used = models.PositiveSmallIntegerField(default=0)
    returned = models.PositiveSmallIntegerField(default=0, help_text=_("退掉的次数"))
    # Each unit is worth unit_fen, the last one left takes what remains: together exactly value_fen.
    unit_fen = models.BigIntegerField()
    value_fen = models.BigIntegerField()
    consumed_fen = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    reminded_month_at = models.DateTimeField(null=True, blank=True)
    reminded_week_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["expires_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["source_kind", "source_id"], name="one_grant_per_source"),
            models.CheckConstraint(condition=Q(total__gte=F("used") + F("returned")), name="credits_never_overdrawn"),
            models.CheckConstraint(
                condition=Q(unit_fen__gte=0, consumed_fen__gte=0, value_fen__gte=F("consumed_fen")),
                name="credits_worth_no_more_than_paid",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "expires_at"], name="credits_of_owner"),
            models.Index(fields=["expires_at"], name="credits_expiring", condition=Q(ended_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_kind_display()} {self.left}/{self.total}"

    @property
    def left(self) -> int:
        """Sessions that may still be booked or given back for money."""
        return self.total - self.used - self.returned

    @property
    def left_fen(self) -> int:
        """What those are worth."""
        return self.value_fen - self.consumed_fen


class CreditUse(PublicIdModel):
    """One session of a grant, spent on one booking; the row stays when it is given back."""

    grant = models.ForeignKey(CreditGrant, models.PROTECT, related_name="uses")
    booking = models.ForeignKey(Booking, models.PROTECT, related_name="credit_uses")
    value_fen = models.BigIntegerField()
    used_at = models.DateTimeField(default=timezone.now)
    given_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-used_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["booking"], condition=Q(given_back_at__isnull=True), name="one_credit_per_booking"
            ),
            models.CheckConstraint(condition=Q(value_fen__gte=0), name="credit_use_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.grant} · {self.booking_id}"


class CreditRefund(PublicIdModel):
    """Unused sessions given back for money: how many, and the refund they became."""

    grant = models.ForeignKey(CreditGrant, models.PROTECT, related_name="refunds")
    units = models.PositiveSmallIntegerField()
    amount_fen = models.BigIntegerField()
    refund = models.OneToOneField(Refund, models.PROTECT, null=True, blank=True, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(units__gte=1, amount_fen__gte=0), name="credit_refund_of_something")
        ]

    def __str__(self) -> str:
        return f"{self.grant} · {self.units}"
