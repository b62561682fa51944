"""What a paid line turns into: something opened on the platform, or a parcel."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.catalogue.models import Lesson, Product
from catalog.order.models import Line, Order
from catalog.partner.models import Partner
from marketplace.core.models import PublicIdModel
from marketplace.families.models import Child

from .enums import ShipmentStatus


class Entitlement(PublicIdModel):
    """A family's copy of a digital product, with how far they are in it.

    Bought: one per paid line, however often payment is announced; it is theirs. Without a line it came with a plan and
    opens only as long as `entitlement_for` says so.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="entitlements")
    child = models.ForeignKey(Child, models.SET_NULL, null=True, blank=True, related_name="entitlements")
    product = models.ForeignKey(Product, models.PROTECT, related_name="entitlements")
    order_line = models.OneToOneField(Line, models.PROTECT, null=True, blank=True, related_name="entitlement")
    opened_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "product"],
                condition=models.Q(order_line__isnull=True),
                name="one_plan_entitlement_per_product",
            ),
        ]

    def __str__(self) -> str:
        return str(self.product)


class LessonProgress(models.Model):
    """That a lesson was finished."""

    entitlement = models.ForeignKey(Entitlement, models.CASCADE, related_name="progress")
    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="+")
    finished_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entitlement", "lesson"], name="lesson_finished_once")]

    def __str__(self) -> str:
        return str(self.lesson)


class Shipment(PublicIdModel):
    """A parcel of one partner for one order; its label never says what it is about."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="shipments")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="shipments")
    lines = models.ManyToManyField(Line, related_name="shipments")
    status = models.CharField(max_length=10, choices=ShipmentStatus, default=ShipmentStatus.WAITING)
    carrier = models.CharField(_("快递公司"), max_length=30, blank=True)
    tracking_number = models.CharField(_("运单号"), max_length=40, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    shipped_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["order", "partner"], name="one_parcel_per_partner")]

    def __str__(self) -> str:
        return f"{self.order} · {self.get_status_display()}"
