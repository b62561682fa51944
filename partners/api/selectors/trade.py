"""What was bought from an organisation, and what it sends."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from catalog.fulfilment.models import Shipment
from catalog.order.models import Line, Order
from catalog.partner.models import Partner


def orders_of(partner: Partner) -> QuerySet[Order]:
    """Return the paid orders in which the organisation sold something, with its own lines alone."""
    own = Line.objects.filter(partner=partner)
    return (
        Order.objects.filter(Exists(own.filter(order=OuterRef("pk"))), paid_at__isnull=False)
        .defer("note")
        .prefetch_related(Prefetch("lines", own.select_related("booking").order_by("pk"), to_attr="own_lines"))
    )


def shipments_of(partner: Partner) -> QuerySet[Shipment]:
    """Return the organisation's parcels with what is in them."""
    return (
        Shipment.objects.filter(partner=partner)
        .select_related("order__shipping_address", "order__user")
        .prefetch_related("lines__product")
    )
