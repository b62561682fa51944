"""What a paid order turns into: digital products that open at once, and parcels that are sent."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.catalogue.enums import ProductKind
from catalog.catalogue.models import Lesson, Product
from catalog.order.locks import locked_order
from catalog.order.models import Line, Order
from marketplace.accounts.models import User
from marketplace.notifications.services import notify

from . import locks
from .earning import earn_shipment
from .entitlement import entitlement_for
from .enums import ShipmentStatus
from .errors import AlreadyShipped, NotSentYet, NotYourParcel, NotYours, TrackingMissing
from .models import Entitlement, LessonProgress, Shipment
from .rules import may_open, may_ship


@transaction.atomic
def grant_entitlements(*, order: Order) -> list[Entitlement]:
    """Open every course of a paid order for its buyer; a line opens once, however often payment is announced.

    Joins the settlement's transaction.
    """
    if order.user_id is None:
        return []
    lines = Line.objects.filter(order=order, product__kind=ProductKind.COURSE).select_related("product").order_by("pk")
    return [_bought(order.user_id, line) for line in lines]


def _bought(user_id: int, line: Line) -> Entitlement:
    """The entitlement of a line; a copy that came with a plan becomes it, with what was learnt in it."""
    found = Entitlement.objects.filter(order_line=line).first()
    if found is not None:
        return found
    lent = Entitlement.objects.filter(user_id=user_id, product=line.product, order_line__isnull=True)
    if lent.update(order_line=line, child_id=line.child_id, opened_at=timezone.now(), ended_at=None):
        return Entitlement.objects.get(order_line=line)
    return Entitlement.objects.create(order_line=line, user_id=user_id, child_id=line.child_id, product=line.product)


@transaction.atomic(durable=True)
def open_course(*, user: User, product: Product) -> Entitlement:
    """Return a person's copy of a course; one that their plan opens is made the first time. Raises NotYours."""
    access = entitlement_for(user, product)
    if not access.opened or product.kind != ProductKind.COURSE:
        raise NotYours
    if access.is_by_plan:
        return Entitlement.objects.get_or_create(user=user, product=product, order_line=None)[0]
    return Entitlement.objects.filter(user=user, product=product, ended_at=None).latest("opened_at")


@transaction.atomic
def open_shipments(*, order: Order) -> list[Shipment]:
    """List a paid order's goods for sending, one parcel per partner; repeats add nothing. Joins the settlement."""
    by_partner: dict[int, list[Line]] = defaultdict(list)
    for line in Line.objects.filter(order=order, product__product_class__requires_shipping=True).order_by("pk"):
        by_partner[line.partner_id].append(line)
    shipments = []
    for partner_id, lines in by_partner.items():
        shipment, _created = Shipment.objects.get_or_create(order=order, partner_id=partner_id)
        shipment.lines.add(*lines)
        shipments.append(shipment)
    return shipments


@transaction.atomic(durable=True)
def mark_shipped(
    *, shipment: Shipment, carrier: str, tracking_number: str, shipped_by: User, now: datetime | None = None
) -> Shipment:
    """Say that a parcel is on its way: its units leave the stock, the family is told.

    Raises: NotYourParcel, TrackingMissing, AlreadyShipped.
    """
    if not may_ship(shipped_by, shipment):
        raise NotYourParcel
    if not carrier.strip() or not tracking_number.strip():
        raise TrackingMissing
    locked_order(shipment.order_id)
    shipment = locks.locked_shipment(shipment.pk)
    if shipment.status != ShipmentStatus.WAITING:
        raise AlreadyShipped
    shipment.status = ShipmentStatus.SHIPPED
    shipment.carrier, shipment.tracking_number = carrier.strip(), tracking_number.strip()
    shipment.shipped_at = now or timezone.now()
    shipment.save()
    _take_out_of_stock(shipment)
    earn_shipment(shipment)
    _tell_shipped(shipment)
    return shipment


@transaction.atomic(durable=True)
def note_received(*, user: User, shipment: Shipment, now: datetime | None = None) -> Shipment:
    """Note that a family has its parcel; a second tap changes nothing. Days to send it back count from here.

    Raises: NotYourParcel, NotSentYet.
    """
    if shipment.order.user_id != user.pk:
        raise NotYourParcel
    locked_order(shipment.order_id)
    shipment = locks.locked_shipment(shipment.pk)
    if shipment.status == ShipmentStatus.DELIVERED:
        return shipment
    if shipment.status != ShipmentStatus.SHIPPED:
        raise NotSentYet
    shipment.status, shipment.delivered_at = ShipmentStatus.DELIVERED, now or timezone.now()
    shipment.save(update_fields=["status", "delivered_at"])
    earn_shipment(shipment)
    return shipment


@transaction.atomic(durable=True)
def finish_lesson(*, entitlement: Entitlement, lesson: Lesson, user: User) -> None:
    """Note that a lesson was finished; once. Raises NotYours."""
    if not may_open(user, entitlement) or lesson.product_id != entitlement.product_id:
        raise NotYours
    LessonProgress.objects.get_or_create(entitlement=entitlement, lesson=lesson)


def _take_out_of_stock(shipment: Shipment) -> None:
    lines = shipment.lines.select_related("stockrecord__product__product_class").filter(num_allocated__gt=0)
    for line in lines.order_by("stockrecord_id", "pk"):
        line.stockrecord.consume_allocation(line.num_allocated)
        Line.objects.filter(pk=line.pk).update(num_allocated=0)


def _tell_shipped(shipment: Shipment) -> None:
    order = shipment.order
    if order.user is None:
        return
    notify(
        key=f"parcel:{shipment.pk}:shipped",
        recipient=order.user,
        subject=_("包裹已发出"),
        body=_("订单 {number} 的包裹已发出：{carrier} {tracking}。").format(
            number=order.number, carrier=shipment.carrier, tracking=shipment.tracking_number
        ),
        url=reverse("orders:detail", args=[order.public_id]),
    )
