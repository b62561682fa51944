"""One order, several sellers: each one's part of it, with its own state, money and parcel.

Nothing of it is stored: a part is what its lines, parcel, refunds and earnings say, so it can never say something else.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from catalog.order.models import Line, Order
from catalog.partner.models import Partner
from catalog.scheduling.enums import BookingStatus
from payments.settlement.models import Earning

from .earning import SOURCE
from .enums import PartState, ShipmentStatus
from .models import Shipment

_SENT_STATES = {
    ShipmentStatus.WAITING: PartState.WAITING,
    ShipmentStatus.SHIPPED: PartState.SENT,
    ShipmentStatus.DELIVERED: PartState.DONE,
    ShipmentStatus.STOPPED: PartState.ENDED,
}


@dataclass(frozen=True)
class OrderPart:
    """What one seller delivers of an order, and what of its money is whose."""

    order: Order
    partner: Partner | None
    lines: Sequence[Line]
    shipment: Shipment | None
    state: PartState
    earned_fen: int
    """What of it is the partner's now, shares and refunds taken off; 0 before anything is delivered."""

    @property
    def paid_fen(self) -> int:
        return sum(line.price_fen for line in self.lines)

    @property
    def refunded_fen(self) -> int:
        return sum(line.refunded_fen for line in self.lines)

    @property
    def goods(self) -> list[Line]:
        """Lines that are no session: what they are is no secret to who sends them."""
        return [line for line in self.lines if line.booking_id is None]

    @property
    def sessions(self) -> list[Line]:
        return [line for line in self.lines if line.booking_id is not None]


def orders_with(partner: Partner) -> QuerySet[Order]:
    """Return the paid orders that something of a partner is in, the newest first."""
    here = Line.objects.filter(order=OuterRef("pk"), partner=partner)
    return Order.objects.filter(Exists(here), paid_at__isnull=False).order_by("-paid_at", "-pk")


def parts_at(partner: Partner, orders: Iterable[Order]) -> list[OrderPart]:
    """Return a partner's part of each of these orders, in their order; three queries for any number."""
    orders = list(orders)
    found = _parts(orders, Line.objects.filter(partner=partner))
    return [found[order.pk][partner.pk] for order in orders if partner.pk in found[order.pk]]


def parts_of(order: Order) -> list[OrderPart]:
    """Return the parts of a paid order, one per seller, in the order of their first lines."""
    return list(_parts([order], Line.objects.all())[order.pk].values()) if order.paid_at else []


def _parts(orders: Collection[Order], lines: QuerySet[Line]) -> dict[int, dict[int | None, OrderPart]]:
    by_id = {order.pk: order for order in orders}
    rows = list(
        lines.filter(order__in=by_id)
        .select_related("partner", "product__product_class", "booking__occupancy")
        .order_by("order", "pk")
    )
    earned = _earned([line.pk for line in rows])
    shipments = {
        (shipment.order_id, shipment.partner_id): shipment for shipment in Shipment.objects.filter(order__in=by_id)
    }
    grouped: dict[tuple[int, int | None], list[Line]] = defaultdict(list)
    for line in rows:
        grouped[line.order_id, line.partner_id].append(line)
    found: dict[int, dict[int | None, OrderPart]] = defaultdict(dict)
    for (order_id, partner_id), theirs in grouped.items():
        shipment = shipments.get((order_id, partner_id or 0))
        found[order_id][partner_id] = OrderPart(
            order=by_id[order_id],
            partner=theirs[0].partner,
            lines=theirs,
            shipment=shipment,
            state=state_of([_line_state(line, shipment) for line in theirs]),
            earned_fen=sum(earned.get(line.pk, 0) for line in theirs),
        )
    return found


def state_of(states: Collection[PartState]) -> PartState:
    """Return the state of a part by those of its lines: what is still to come decides; what went back only if all did."""
    live = {state for state in states if state != PartState.ENDED}
    if not live:
        return PartState.ENDED
    if PartState.WAITING in live:
        return PartState.WAITING if live == {PartState.WAITING} else PartState.PARTLY
    return PartState.SENT if PartState.SENT in live else PartState.DONE


def _line_state(line: Line, shipment: Shipment | None) -> PartState:
    if line.refunded_fen >= line.price_fen > 0:
        return PartState.ENDED
    if booking := line.booking:
        if booking.status == BookingStatus.CANCELLED:
            return PartState.ENDED
        is_over = booking.status in (BookingStatus.FULFILLED, BookingStatus.NOSHOW)
        return PartState.DONE if is_over or booking.occupancy.ends_at <= timezone.now() else PartState.WAITING
    if line.product and line.product.product_class and line.product.product_class.requires_shipping:
        return _SENT_STATES[ShipmentStatus(shipment.status)] if shipment else PartState.ENDED
    return PartState.DONE


def _earned(line_ids: Collection[int]) -> dict[int, int]:
    found = Earning.objects.filter(source_kind=SOURCE, source_id__in=line_ids)
    return {earning.source_id: earning.net_left_fen for earning in found}
