"""The organisation's own part of orders, and its parcels."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Header

from catalog.fulfilment.enums import ShipmentStatus
from catalog.fulfilment.models import Shipment
from catalog.fulfilment.services import mark_shipped
from catalog.order.models import Order, ShippingAddress

from .. import selectors
from ..enums import Scope
from ..models import ApiKey
from ..sights import write_down_address
from . import words
from .keys import Key, key_of
from .once import NAME, done_once
from .pages import DEFAULT, page_of
from .site import PROBLEMS, api

Status = words.one_of("ShipmentStatusListed", ShipmentStatus.values)


def _order(order: Order) -> words.Order:
    lines = order.own_lines  # type: ignore[attr-defined]  # a Prefetch's to_attr
    return words.Order(
        id=order.public_id,
        number=order.number,
        status=order.status,
        paid_at=order.paid_at,
        total_fen=sum(line.price_fen for line in lines),
        lines=[
            words.OrderLine(
                title=line.title,
                quantity=line.quantity,
                price_fen=line.price_fen,
                refunded_fen=line.refunded_fen,
                booking=line.booking.public_id if line.booking else None,
            )
            for line in lines
        ],
    )


@api.get(
    "/orders",
    auth=Key(Scope.ORDERS_READ),
    response={200: words.Orders, **PROBLEMS},
    tags=["orders"],
    operation_id="list_orders",
)
def list_orders(request: HttpRequest, cursor: words.Id | None = None, limit: words.Limit = DEFAULT) -> words.Orders:
    """List paid orders, the last paid first, with the organisation's own lines."""
    rows, more = page_of(selectors.orders_of(key_of(request).partner), by="paid_at", cursor=cursor, limit=limit)
    return words.Orders(items=[_order(row) for row in rows], next=more)


@api.get(
    "/orders/{order_id}",
    auth=Key(Scope.ORDERS_READ),
    response={200: words.Order, **PROBLEMS},
    tags=["orders"],
    operation_id="get_order",
)
def get_order(request: HttpRequest, order_id: words.Id) -> words.Order:
    """One paid order, the organisation's own lines of it."""
    found = selectors.orders_of(key_of(request).partner).filter(public_id=order_id).first()
    if found is None:
        raise Http404
    return _order(found)


def _address(address: ShippingAddress) -> words.Address:
    written = [f"{address.state}{address.line4}", address.line1, address.line2, address.line3]
    return words.Address(
        name=address.name, phone=str(address.phone_number or ""), lines=[line for line in written if line]
    )


def _shipment(shipment: Shipment, *, address: ShippingAddress | None = None) -> words.Shipment:
    return words.Shipment(
        id=shipment.public_id,
        order=shipment.order.public_id,
        status=shipment.status,
        carrier=shipment.carrier,
        tracking_number=shipment.tracking_number,
        contents=[f"{line.title} × {line.quantity}" for line in shipment.lines.all()],
        created_at=shipment.created_at,
        shipped_at=shipment.shipped_at,
        delivered_at=shipment.delivered_at,
        to=_address(address) if address else None,
    )


@api.get(
    "/shipments",
    auth=Key(Scope.SHIPMENTS_READ),
    response={200: words.Shipments, **PROBLEMS},
    tags=["shipments"],
    operation_id="list_shipments",
)
def list_shipments(
    request: HttpRequest,
    status: Status | None = None,  # type: ignore[valid-type]
    cursor: words.Id | None = None,
    limit: words.Limit = DEFAULT,
) -> words.Shipments:
    """List parcels, the newest first; where one goes is said when it is read by itself."""
    rows = selectors.shipments_of(key_of(request).partner)
    if status:
        rows = rows.filter(status=status.value)  # type: ignore[attr-defined]
    found, more = page_of(rows, by="created_at", cursor=cursor, limit=limit)
    return words.Shipments(items=[_shipment(row) for row in found], next=more)


def _own(key: ApiKey, shipment_id: UUID) -> Shipment:
    found = selectors.shipments_of(key.partner).filter(public_id=shipment_id).first()
    if found is None:
        raise Http404
    return found


@api.get(
    "/shipments/{shipment_id}",
    auth=Key(Scope.SHIPMENTS_READ),
    response={200: words.Shipment, **PROBLEMS},
    tags=["shipments"],
    operation_id="get_shipment",
)
def get_shipment(request: HttpRequest, shipment_id: words.Id) -> words.Shipment:
    """One parcel; while it waits, with where it goes, which the family sees was read."""
    key = key_of(request)
    shipment = _own(key, shipment_id)
    address = shipment.order.shipping_address if shipment.status == ShipmentStatus.WAITING else None
    if address:
        write_down_address(key, shipment)
    return _shipment(shipment, address=address)


@api.post(
    "/shipments/{shipment_id}/shipped",
    auth=Key(Scope.SHIPMENTS_WRITE),
    response={200: words.Shipment, **PROBLEMS},
    tags=["shipments"],
    operation_id="mark_shipped",
)
def shipped(
    request: HttpRequest,
    response: HttpResponse,
    shipment_id: words.Id,
    parcel: words.Shipped,
    name: NAME = Header(alias="Idempotency-Key"),  # noqa: B008 - how ninja is told
) -> Any:
    """Say that a parcel is on its way: the family is told."""
    key = key_of(request)
    shipment = _own(key, shipment_id)

    def act() -> dict[str, Any]:
        mark_shipped(shipment=shipment, shipped_by=key.made_by, **parcel.model_dump())
        return _shipment(_own(key, shipment_id)).model_dump(mode="json")

    return done_once(request, response, name, parcel.model_dump(), act)
