"""Orders that are taken back before anything of them was delivered."""

from django.utils import timezone

from catalog.order.models import Line, Order

from .enums import ShipmentStatus
from .models import Entitlement, LessonProgress, Shipment


def is_delivered(line: Line) -> bool:
    """Whether a line's parcel has left, or a lesson of its course was done."""
    sent = Shipment.objects.filter(lines=line).exclude(status__in=(ShipmentStatus.WAITING, ShipmentStatus.STOPPED))
    return sent.exists() or LessonProgress.objects.filter(entitlement__order_line=line).exists()


def close_undone(order: Order) -> None:
    """Close what an order opened, and send none of its parcels. Joins the caller's transaction."""
    Entitlement.objects.filter(order_line__order=order, ended_at=None).update(ended_at=timezone.now())
    Shipment.objects.filter(order=order, status=ShipmentStatus.WAITING).update(status=ShipmentStatus.STOPPED)
