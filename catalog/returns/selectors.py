"""Reads of goods on their way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet, Sum

from catalog.fulfilment.enums import ShipmentStatus
from catalog.fulfilment.models import Entitlement, Shipment
from catalog.order.models import Line, Order
from catalog.order.selectors import claimed_fen
from catalog.partner.models import Partner
from marketplace.accounts.models import User

from .enums import COUNTING_STATES, OPEN_RETURN_STATES
from .models import ReturnRequest
from .rules import COURSE_WITHIN, RETURNABLE, part_of_price_fen, return_until


@dataclass(frozen=True)
class LineReturn:
    """What a family may do with one line of goods, and what it has done."""

    line: Line
    shipment: Shipment | None
    requests: Sequence[ReturnRequest]
    until: datetime | None
    units: int

    @property
    def open_request(self) -> ReturnRequest | None:
        return next((each for each in self.requests if each.state in OPEN_RETURN_STATES), None)

    @property
    def may_cancel(self) -> bool:
        """It has not left: it need not be sent at all."""
        waits = self.shipment is not None and self.shipment.status == ShipmentStatus.WAITING
        return waits and self.line.refunded_fen < self.line.price_fen

    def may_return(self, now: datetime) -> bool:
        """It has left, may come back, and the time is not over."""
        in_time = self.until is not None and now < self.until
        return in_time and self.units > 0 and self.open_request is None and self.line.return_rule in RETURNABLE


def line_returns(order: Order) -> list[LineReturn]:
    """Return an order's lines of goods with their parcels and returns, in constant queries."""
    shipments = Prefetch("shipments", queryset=Shipment.objects.order_by("pk"))
    returns = Prefetch("returns", queryset=ReturnRequest.objects.order_by("-pk"))
    lines = Line.objects.filter(order=order, product__product_class__requires_shipping=True).select_related("product")
    return [_line_return(line) for line in lines.prefetch_related(shipments, returns).order_by("pk")]


def line_return_of(user: User, line_id: int) -> LineReturn | None:
    """Return one line of goods this person bought and paid for, else None."""
    order = Order.objects.filter(user=user, lines=line_id, paid_at__isnull=False).first()
    return next((each for each in line_returns(order) if each.line.pk == line_id), None) if order else None


def _line_return(line: Line) -> LineReturn:
    shipment = next(iter(line.shipments.all()), None)
    requests = list(line.returns.all())
    going = sum(each.quantity for each in requests if each.state in COUNTING_STATES)
    until = return_until(shipment) if shipment and shipment.status != ShipmentStatus.STOPPED else None
    return LineReturn(line, shipment, requests, until, line.quantity - going)


def units_going_back(line: Line) -> int:
    """Return how many units of a line came or come back."""
    found = ReturnRequest.objects.filter(line=line, state__in=COUNTING_STATES).aggregate(units=Sum("quantity"))
    return found["units"] or 0


def worth_fen(line: Line, *, units: int, before: int) -> int:
    """Return what `units` bring after `before` units went back: their part of what was paid, never more than is left."""
    part = part_of_price_fen(line.price_fen, of=line.quantity, before=before, units=units)
    return max(0, min(part, line.price_fen - claimed_fen(line)))


def returns_of(user: User) -> QuerySet[ReturnRequest]:
    """Return a person's returns, newest first."""
    return _with_all(ReturnRequest.objects.filter(line__order__user=user)).order_by("-asked_at", "-pk")


def return_of(user: User, public_id: UUID) -> ReturnRequest | None:
    """Return one of this person's returns, else None."""
    return returns_of(user).filter(public_id=public_id).first()


def returns_at(partner: Partner) -> QuerySet[ReturnRequest]:
    """Return the returns a partner has to do with: those that wait for it first."""
    return _with_all(ReturnRequest.objects.filter(line__partner=partner)).order_by("ended_at", "asked_at", "pk")


def latest_return_address(partner: Partner) -> str:
    """Return where a partner had things sent last time, or its first place."""
    last = ReturnRequest.objects.filter(line__partner=partner).exclude(send_to="").order_by("-pk").first()
    if last:
        return last.send_to
    place = partner.locations.order_by("pk").first()
    return f"{place.address} {partner.name}" if place else ""


def course_to_give_back(user: User, public_id: UUID, *, now: datetime) -> Entitlement | None:
    """Return a course this person may give back: bought within the week, nothing learned yet."""
    return (
        Entitlement.objects.filter(
            user=user,
            public_id=public_id,
            order_line__isnull=False,
            ended_at=None,
            opened_at__gt=now - COURSE_WITHIN,
            progress=None,
        )
        .select_related("order_line__order", "product")
        .first()
    )


def _with_all(returns: QuerySet[ReturnRequest]) -> QuerySet[ReturnRequest]:
    return returns.select_related("line__order", "line__product", "line__partner", "refund", "asked_by")
