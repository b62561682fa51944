"""Placing an order: it exists, holding its times and stock, before anyone is asked for money."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from oscar.core.loading import get_model

from catalog.basket import locks as basket_locks
from catalog.basket.errors import TooManyUnits
from catalog.basket.models import Basket
from catalog.basket.models import Line as BasketLine
from catalog.basket.offers import CURRENCY, Offer, current_offer
from catalog.basket.selectors import lines_of
from catalog.partner.exceptions import SoldOut
from catalog.scheduling.retry import retried
from catalog.scheduling.services import renew_holds
from marketplace.accounts.models import User
from marketplace.core.minimising import without_identity_numbers
from marketplace.core.money import yuan_from_fen
from marketplace.families.models import Child
from payments.services import open_intent

from ..enums import PAYABLE_KIND, OrderStatus
from ..errors import AddressMissing, BasketEmpty, PriceChanged
from ..models import Line, Order
from ..numbers import new_order_number
from ..rules import payment_deadline
from .settling import accept_payment
from .stock import take_stock

NUMBER_TRIES = 5
SHIPPING_INCLUDED = "included"


@dataclass(frozen=True)
class Address:
    """Where a parcel goes."""

    recipient: str
    phone: str
    region: str
    detail: str


@dataclass(frozen=True)
class _Priced:
    """A basket line with the price that is charged."""

    line: BasketLine
    offer: Offer

    @property
    def price_fen(self) -> int:
        return self.offer.unit_fen * self.line.quantity


@retried
@transaction.atomic(durable=True)
def place_order(
    *,
    user: User,
    basket: Basket,
    contact_name: str,
    contact_phone: str,
    note: str = "",
    address: Address | None = None,
    children: Mapping[int, Child | None] | None = None,
    shown_fen: int | None = None,
    now: datetime | None = None,
) -> Order:
    """Turn a basket into a pending order that can be paid for half an hour: all of it, or nothing and the basket stays.

    `children` says for whom a basket line without a booking is; `shown_fen` is the sum the family saw. Placing the
    same basket again returns the same order.

    Raises: BasketEmpty, PriceChanged, AddressMissing, NotForSale, TooManyUnits, SoldOut, and what `renew_holds`
    refuses (SlotTaken with alternatives, HoldExpired, ...).
    """
    now = now or timezone.now()
    locked = basket_locks.locked_basket(basket_id=basket.pk, owner=user)
    if locked is None:
        raise BasketEmpty
    if placed := Order.objects.filter(basket=locked).first():
        return placed
    lines = _priced_lines(locked)
    _check(lines, address, shown_fen)
    expires_at = _renew_times(lines, now)
    order = _insert_order(
        now,
        basket=locked,
        user=user,
        total_fen=sum(line.price_fen for line in lines),
        expires_at=expires_at,
        shipping_address=_saved_address(address),
        contact_name=contact_name,
        contact_phone=contact_phone,
        note=without_identity_numbers(note),
    )
    _insert_lines(order, lines, children or {})
    take_stock(order)
    _submit(locked, now)
    _ask_for_money(order, user, expires_at, now)
    return order


def _priced_lines(basket: Basket) -> list[_Priced]:
    """Read today's prices once; what is written here is what is charged."""
    lines = lines_of(basket) if basket.status == Basket.OPEN else []
    if not lines:
        raise BasketEmpty
    return [_Priced(line, current_offer(line.product, line.stockrecord)) for line in lines]


def _check(lines: Sequence[_Priced], address: Address | None, shown_fen: int | None) -> None:
    for priced in lines:
        if priced.offer.is_sold_out:
            raise SoldOut
        if priced.line.quantity > priced.offer.max_units:
            raise TooManyUnits
    if shown_fen is not None and shown_fen != sum(priced.price_fen for priced in lines):
        raise PriceChanged
    if address is None and any(p.line.product.get_product_class().requires_shipping for p in lines):
        raise AddressMissing


def _renew_times(lines: Sequence[_Priced], now: datetime) -> datetime:
    """Keep the basket's times until the order's end, taking ended holds again where the time is still free."""
    bookings = [priced.line.booking for priced in lines if priced.line.booking]
    expires_at = payment_deadline(now=now, starts=[booking.occupancy.starts_at for booking in bookings])
    if bookings:
        renew_holds(booking_ids=[booking.pk for booking in bookings], held_until=expires_at, now=now)
    return expires_at


def _insert_order(now: datetime, *, total_fen: int, **fields: Any) -> Order:
    total = yuan_from_fen(total_fen)
    for attempt in range(NUMBER_TRIES):
        try:
            with transaction.atomic():
                return Order.objects.create(
                    number=new_order_number(now),
                    status=OrderStatus.PENDING,
                    currency=CURRENCY,
                    date_placed=now,
                    total_fen=total_fen,
                    total_incl_tax=total,
                    total_excl_tax=total,
                    shipping_code=SHIPPING_INCLUDED,
                    **fields,
                )
        except IntegrityError as error:
            if "number" not in str(error) or attempt == NUMBER_TRIES - 1:
                raise
    raise AssertionError("unreachable")


def _insert_lines(order: Order, lines: Sequence[_Priced], children: Mapping[int, Child | None]) -> None:
    Line.objects.bulk_create(_order_line(order, priced, children) for priced in lines)


def _order_line(order: Order, priced: _Priced, children: Mapping[int, Child | None]) -> Line:
    line, offer = priced.line, priced.offer
    unit, whole = yuan_from_fen(offer.unit_fen), yuan_from_fen(priced.price_fen)
    return Line(
        order=order,
        partner=offer.stockrecord.partner,
        partner_name=offer.stockrecord.partner.name,
        partner_sku=offer.stockrecord.partner_sku,
        stockrecord=offer.stockrecord,
        product=offer.product,
        title=offer.product.get_title(),
        quantity=line.quantity,
        unit_price_incl_tax=unit,
        unit_price_excl_tax=unit,
        line_price_incl_tax=whole,
        line_price_excl_tax=whole,
        line_price_before_discounts_incl_tax=whole,
        line_price_before_discounts_excl_tax=whole,
        price_fen=priced.price_fen,
        status=OrderStatus.PENDING,
        num_allocated=0,
        booking=line.booking,
        child=line.booking.child if line.booking else children.get(line.pk),
    )


def _saved_address(address: Address | None) -> Any:
    if address is None:
        return None
    china, _ = get_model("address", "Country").objects.get_or_create(
        iso_3166_1_a2="CN",
        defaults={"iso_3166_1_a3": "CHN", "printable_name": "中国", "name": "中国", "is_shipping_country": True},
    )
    return get_model("order", "ShippingAddress").objects.create(
        first_name=address.recipient,
        phone_number=address.phone,
        state=address.region,
        line1=address.detail,
        country=china,
    )


def _submit(basket: Basket, now: datetime) -> None:
    Basket.objects.filter(pk=basket.pk).update(status=Basket.SUBMITTED, date_submitted=now)


def _ask_for_money(order: Order, user: User, expires_at: datetime, now: datetime) -> None:
    """Open what is owed; an order of nothing is paid as it is placed."""
    if order.total_fen == 0:
        accept_payment(order_id=order.pk, paid_at=now, amount_fen=0)
        order.refresh_from_db()
        return
    open_intent(
        payable_kind=PAYABLE_KIND,
        payable_id=order.pk,
        amount_fen=order.total_fen,
        buyer_id=user.pk,
        expires_at=expires_at,
    )
