"""Placing an order: it exists, holding its times and stock, before anyone is asked for money."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from oscar.core.loading import get_model

from catalog.basket import locks as basket_locks
from catalog.basket.errors import TooManyUnits
from catalog.basket.models import Basket
from catalog.basket.models import Line as BasketLine
from catalog.basket.offers import CURRENCY, Offer, current_offer
from catalog.basket.selectors import lines_of, reducible_fen
from catalog.catalogue.enums import ProductKind, ReturnRule
from catalog.partner.exceptions import SoldOut
from catalog.scheduling.retry import retried
from catalog.scheduling.services import renew_holds
from catalog.vouchers.selectors import quote, voucher_in
from marketplace.accounts.models import User
from marketplace.core.minimising import without_identity_numbers
from marketplace.core.money import yuan_from_fen
from marketplace.families.models import Child
from payments.errors import SelfPayTooMuch
from payments.minors import self_pay_left_fen
from payments.models import PaymentIntent
from payments.requests.services import Ask, ask_for_payment
from payments.services import open_intent
from payments.settlement.models import FeeVersion
from payments.settlement.selectors import fees_in_force

from ..enums import PAYABLE_KIND, OrderStatus
from ..errors import AddressMissing, BasketEmpty, PriceChanged
from ..models import Line, Order
from ..numbers import new_order_number
from ..rules import payment_deadline
from .reducing import Voucher, take_reductions
from .settling import accept_payment
from .stock import take_stock

NUMBER_TRIES = 5
#: How long a parent has to pay for things without a time of their own.
PARENT_PAY_HOURS = 12
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
    """A basket line with the price that is charged: its list price, less a voucher, or a session of a package."""

    line: BasketLine
    offer: Offer
    grant_id: UUID | None = None
    discount_fen: int = 0

    @property
    def list_fen(self) -> int:
        return self.offer.unit_fen * self.line.quantity

    @property
    def price_fen(self) -> int:
        return 0 if self.grant_id else self.list_fen - self.discount_fen


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
    credits: Mapping[int, UUID] | None = None,
    shown_fen: int | None = None,
    ask: Ask | None = None,
    now: datetime | None = None,
) -> Order:
    """Turn a basket into a pending order that can be paid for half an hour: all of it, or nothing and the basket stays.

    `children` says for whom a basket line without a booking is, `credits` which package pays for a line's session (by
    the basket line's id); `shown_fen` is the sum the family saw. `ask`: somebody
    else is asked to pay, in the same transaction, and the order waits as long as the services give a parent. Placing
    the same basket again returns the same order.

    Raises: SelfPayTooMuch (a young person's own money), what `ask_for_payment` refuses (AskAlreadyOpen, ...), BasketEmpty, PriceChanged, AddressMissing, NotForSale, TooManyUnits, SoldOut,
    CreditGone, VoucherUsedUp, VoucherUsedByYou, and what `renew_holds`
    refuses (SlotTaken with alternatives, HoldExpired, ...).
    """
    now = now or timezone.now()
    locked = basket_locks.locked_basket(basket_id=basket.pk, owner=user)
    if locked is None:
        raise BasketEmpty
    if placed := Order.objects.filter(basket=locked).first():
        return placed
    lines, voucher = _with_voucher(_priced_lines(locked, credits or {}), locked, user, now)
    _check(lines, address, shown_fen)
    if ask is None:
        _refuse_beyond_caps(user, sum(line.price_fen for line in lines))
    expires_at = _renew_times(lines, now, for_parent=ask is not None)
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
    take_reductions(order, voucher=voucher, grants=_grants(lines), user=user, now=now)
    _submit(locked, now)
    intent = _ask_for_money(order, user, expires_at, now)
    if ask is not None and intent is not None:
        ask_for_payment(intent=intent, asked_by=user, ask=ask)
    return order


def _priced_lines(basket: Basket, grants: Mapping[int, UUID]) -> list[_Priced]:
    """Read today's prices once; what is written here is what is charged."""
    lines = lines_of(basket) if basket.status == Basket.OPEN else []
    if not lines:
        raise BasketEmpty
    return [
        _Priced(line, current_offer(line.product, line.stockrecord), grants.get(line.pk) if line.booking else None)
        for line in lines
    ]


def _with_voucher(
    lines: Sequence[_Priced], basket: Basket, user: User, now: datetime
) -> tuple[list[_Priced], Voucher | None]:
    """Take the basket's voucher off what costs money; one that takes nothing off is left for another time."""
    voucher = voucher_in(basket)
    if voucher is None:
        return list(lines), None
    prices = [reducible_fen(line.line, line.price_fen, covered=line.grant_id is not None) for line in lines]
    found = quote(voucher, user=user, prices=prices, now=now)
    reduced = [replace(line, discount_fen=fen) for line, fen in zip(lines, found.reductions, strict=True)]
    return reduced, voucher if found.discount_fen else None


def _grants(lines: Sequence[_Priced]) -> dict[int, UUID]:
    """Which package pays for which booking."""
    return {
        priced.line.booking.pk: priced.grant_id
        for priced in lines
        if priced.line.booking is not None and priced.grant_id is not None
    }


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


def _refuse_beyond_caps(user: User, total_fen: int) -> None:
    """Say it before anything is held; what counts is asked again, under a lock, when the payment begins."""
    left = self_pay_left_fen(user)
    if left is not None and total_fen > left:
        raise SelfPayTooMuch


def _renew_times(lines: Sequence[_Priced], now: datetime, *, for_parent: bool) -> datetime:
    """Keep the basket's times until the order's end, taking ended holds again where the time is still free."""
    bookings = [priced.line.booking for priced in lines if priced.line.booking]
    patience = min((booking.service.parent_pay_hours for booking in bookings), default=PARENT_PAY_HOURS)
    expires_at = payment_deadline(
        now=now,
        starts=[booking.occupancy.starts_at for booking in bookings],
        parent_pay_hours=patience if for_parent else None,
    )
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
    fees = fees_in_force(order.date_placed)
    Line.objects.bulk_create(_order_line(order, priced, children, fees) for priced in lines)


def _order_line(order: Order, priced: _Priced, children: Mapping[int, Child | None], fees: FeeVersion | None) -> Line:
    line, offer = priced.line, priced.offer
    unit, whole = yuan_from_fen(offer.unit_fen), yuan_from_fen(priced.price_fen)
    before = yuan_from_fen(priced.list_fen)
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
        line_price_before_discounts_incl_tax=before,
        line_price_before_discounts_excl_tax=before,
        price_fen=priced.price_fen,
        discount_fen=priced.discount_fen,
        return_rule=offer.product.return_rule if offer.product.kind == ProductKind.GOODS else ReturnRule.NONE,
        fee_version=fees,
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


def _ask_for_money(order: Order, user: User, expires_at: datetime, now: datetime) -> PaymentIntent | None:
    """Open what is owed; an order of nothing is paid as it is placed."""
    if order.total_fen == 0:
        accept_payment(order_id=order.pk, paid_at=now, amount_fen=0)
        order.refresh_from_db()
        return None
    return open_intent(
        payable_kind=PAYABLE_KIND,
        payable_id=order.pk,
        amount_fen=order.total_fen,
        buyer_id=user.pk,
        expires_at=expires_at,
    )
