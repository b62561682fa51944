"""Goods that have not left need not be sent at all."""

from django.db import transaction

from catalog.fulfilment.enums import ShipmentStatus
from catalog.fulfilment.locks import locked_shipment
from catalog.fulfilment.models import Shipment
from catalog.order.locks import lock_order_with_holdings
from catalog.order.models import Line
from catalog.order.selectors import claimed_fen
from catalog.order.services.refunding import ask_line_refund
from marketplace.accounts.models import User
from payments.enums import RefundReason

from ..errors import AlreadyUnderWay, NotYourReturn


@transaction.atomic(durable=True)
def cancel_unsent(*, line: Line, asked_by: User) -> int:
    """Take a line out of a parcel that has not left: its units are free again, all its money goes back. Returns the fen.

    Raises: NotYourReturn, AlreadyUnderWay.
    """
    order = lock_order_with_holdings(line.order_id)
    if order.user_id != asked_by.pk or order.paid_at is None:
        raise NotYourReturn
    waiting = Shipment.objects.filter(lines=line).first()
    if waiting is None:
        raise NotYourReturn
    shipment = locked_shipment(waiting.pk)
    if shipment.status != ShipmentStatus.WAITING or not shipment.lines.filter(pk=line.pk).exists():
        raise AlreadyUnderWay
    line = Line.objects.select_related("stockrecord__product__product_class").get(pk=line.pk)
    left = line.price_fen - claimed_fen(line)
    if line.num_allocated:
        line.stockrecord.cancel_allocation(line.num_allocated)
        Line.objects.filter(pk=line.pk).update(num_allocated=0, allocation_cancelled=True)
    if shipment.lines.count() == 1:
        shipment.status = ShipmentStatus.STOPPED
        shipment.save(update_fields=["status"])
    else:
        shipment.lines.remove(line)
    if left:
        ask_line_refund(line=line, amount_fen=left, reason=RefundReason.FAMILY_CANCELLED, initiator=asked_by)
    return left
