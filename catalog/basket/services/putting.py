"""Putting something into a basket."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from catalog.catalogue.enums import ProductKind
from catalog.catalogue.models import Product
from catalog.partner.exceptions import SoldOut
from catalog.scheduling.errors import SlotTaken
from catalog.scheduling.models import Booking, HealthcareService, Occupancy, Provider
from catalog.scheduling.retry import retried
from catalog.scheduling.selectors import nearest_open_slots
from catalog.scheduling.services import hold_seat, hold_slot
from marketplace.accounts.models import User
from marketplace.core.money import yuan_from_fen
from marketplace.families.models import Child
from payments.requests.rules import may_fill_a_basket

from .. import locks
from ..errors import GuardianPays, NeedsATime, NotForSale, TooManyUnits
from ..models import Basket, Line
from ..offers import Offer, current_offer
from ..rules import is_held

#: Kinds that are put into a basket without a time.
KINDS_WITHOUT_TIME = (ProductKind.COURSE, ProductKind.GOODS, ProductKind.PACKAGE)


@retried
@transaction.atomic(durable=True)
def put_session_in_basket(
    *,
    user: User,
    service: HealthcareService,
    child: Child,
    mode: str,
    starts_at: datetime | None = None,
    provider: Provider | None = None,
    occupancy: Occupancy | None = None,
    now: datetime | None = None,
) -> Line:
    """Hold a time (`starts_at`, of `provider` or any of the service's) or a seat (`occupancy`), and note it in the basket.

    `starts_at` beside an occupancy is when the family believes it to be: SlotTaken when it was moved.

    The same wish twice (a double click) is one hold and one line.

    Raises: GuardianPays (a child too young to ask), NotForSale, and whatever `hold_slot` and `hold_seat` refuse (SlotTaken with alternatives, NotYourChild, ...).
    """
    now = now or timezone.now()
    refuse_young(user)
    offer = current_offer(service.product)
    basket = fillable_basket(user)
    wished = _same_wish(basket, service, child, occupancy.starts_at if occupancy else starts_at)
    if wished is not None and wished.booking is not None and is_held(wished.booking, now=now):
        return wished
    booking = _hold(service, provider, occupancy, starts_at, child, mode, user, now)
    return new_line(basket, offer, f"booking-{booking.pk}", booking=booking, child=child)


@transaction.atomic
def put_holds_in_basket(*, user: User, booking_ids: Collection[int], now: datetime | None = None) -> list[Line]:
    """Note times that are held for the person already, each as a line; joins the caller's transaction. Twice is as once.

    What is not held, or not by them, is left out: the caller compares. Locks the basket, before it locks any booking.

    Raises: GuardianPays, NotForSale.
    """
    now = now or timezone.now()
    refuse_young(user)
    basket = fillable_basket(user)
    bookings = Booking.objects.filter(pk__in=booking_ids, booked_by=user).select_related("service__product", "child")
    lines = {line.booking_id: line for line in Line.objects.filter(basket=basket, booking__in=booking_ids)}
    held = [booking for booking in bookings.order_by("pk") if is_held(booking, now=now)]
    return [lines.get(booking.pk) or _line_of_hold(basket, booking) for booking in held]


def _line_of_hold(basket: Basket, booking: Booking) -> Line:
    offer = current_offer(booking.service.product)
    return new_line(basket, offer, f"booking-{booking.pk}", booking=booking, child=booking.child)


def _hold(
    service: HealthcareService,
    provider: Provider | None,
    occupancy: Occupancy | None,
    starts_at: datetime | None,
    child: Child,
    mode: str,
    user: User,
    now: datetime,
) -> Booking:
    if occupancy is not None:
        if starts_at not in (None, occupancy.starts_at):
            raise SlotTaken(lambda: nearest_open_slots(service=service, around=occupancy.starts_at))
        return hold_seat(occupancy=occupancy, child=child, mode=mode, booked_by=user, now=now)
    if starts_at is None:
        raise NeedsATime
    return hold_slot(
        service=service, provider=provider, starts_at=starts_at, child=child, mode=mode, booked_by=user, now=now
    )


def _same_wish(basket: Basket, service: HealthcareService, child: Child, starts_at: datetime | None) -> Line | None:
    lines = Line.objects.filter(basket=basket, child=child, booking__service=service).select_related("booking")
    return lines.filter(booking__occupancy__starts_at=starts_at).order_by("-pk").first()


@transaction.atomic(durable=True)
def put_product_in_basket(*, user: User, product: Product, quantity: int = 1) -> Line:
    """Put a course or goods into the basket; goods already in it become more, a course stays one.

    Raises:
        GuardianPays: a child too young to ask. NeedsATime: a session is bought with a time.
        NotForSale, NotYetForSale: it cannot be bought now.
        SoldOut: no unit is free. TooManyUnits: more than may be bought at once.
    """
    refuse_young(user)
    if product.is_bookable:
        raise NeedsATime
    offer = current_offer(product)
    if product.kind not in KINDS_WITHOUT_TIME:
        raise NotForSale
    if offer.is_sold_out:
        raise SoldOut
    basket = fillable_basket(user)
    reference = f"product-{product.pk}"
    line = Line.objects.filter(basket=basket, line_reference=reference).first()
    if line is None:
        line = new_line(basket, offer, reference, quantity=0)
    units = line.quantity + quantity if product.kind == ProductKind.GOODS else 1
    if not 1 <= units <= offer.max_units:
        raise TooManyUnits
    line.quantity = units
    line.save(update_fields=["quantity", "date_updated"])
    return line


def refuse_young(user: User) -> None:
    """Raises GuardianPays for a child too young to choose and ask."""
    if not may_fill_a_basket(user):
        raise GuardianPays


def fillable_basket(user: User) -> Basket:
    """Return the person's open basket, locked, made where there is none; a rival that makes one first is no error."""
    basket = locks.locked_open_basket(user)
    while basket is None:
        Basket.objects.get_or_create(owner=user, status=Basket.OPEN)
        basket = locks.locked_open_basket(user)
    return basket


def new_line(
    basket: Basket,
    offer: Offer,
    reference: str,
    *,
    quantity: int = 1,
    booking: Booking | None = None,
    child: Child | None = None,
) -> Line:
    """Write a line of a locked basket at today's price."""
    price = yuan_from_fen(offer.unit_fen)
    return Line.objects.create(
        basket=basket,
        line_reference=reference,
        product=offer.product,
        stockrecord=offer.stockrecord,
        quantity=quantity,
        price_excl_tax=price,
        price_incl_tax=price,
        booking=booking,
        child=child,
    )
