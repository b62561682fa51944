"""A paid order opens what it bought, what is delivered earns, what goes back is taken back: each inside its transaction."""

from typing import Any

from django.dispatch import receiver

from catalog.order.models import Line, Order
from catalog.order.signals import line_refunded, order_paid, order_undone
from catalog.scheduling.models import Booking
from catalog.scheduling.signals import attendance_marked

from .earning import earn_course, earn_session, take_back
from .services import grant_entitlements, open_shipments
from .undoing import close_undone


@receiver(order_paid, dispatch_uid="fulfil_paid_order")
def fulfil_paid_order(*, order: Order, **_: Any) -> None:
    """Grant and list; both are idempotent. A course that is open has earned."""
    for entitlement in grant_entitlements(order=order):
        earn_course(entitlement)
    open_shipments(order=order)


@receiver(attendance_marked, dispatch_uid="earn_marked_session")
def earn_marked_session(*, booking: Booking, **_: Any) -> None:
    """Held or missed, the time was given."""
    earn_session(booking)


@receiver(line_refunded, dispatch_uid="take_refund_back")
def take_refund_back(*, line: Line, key: str, **_: Any) -> None:
    """What the family has back, the partner has not earned."""
    take_back(line, key=key)


@receiver(order_undone, dispatch_uid="close_undone_order")
def close_undone_order(*, order: Order, **_: Any) -> None:
    """Nothing of it is read or sent any more."""
    close_undone(order)
