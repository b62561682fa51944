"""A paid order opens what it bought, inside the settlement's transaction."""

from typing import Any

from django.dispatch import receiver

from catalog.order.models import Order
from catalog.order.signals import order_paid

from .services import grant_entitlements, open_shipments


@receiver(order_paid, dispatch_uid="fulfil_paid_order")
def fulfil_paid_order(*, order: Order, **_: Any) -> None:
    """Grant and list; both are idempotent."""
    grant_entitlements(order=order)
    open_shipments(order=order)
