"""What the demo families have done so far, made by the same services that families use."""

from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta
from functools import partial

from django.utils import timezone

from catalog.basket.selectors import open_basket_of
from catalog.basket.services import put_product_in_basket, put_session_in_basket, remove_line
from catalog.catalogue.models import Product
from catalog.fulfilment.models import Entitlement, Shipment
from catalog.fulfilment.services import finish_lesson, mark_shipped
from catalog.order.models import Order
from catalog.order.services import Address, answer_question, ask_question, place_order
from catalog.scheduling.enums import Mode
from catalog.scheduling.models import Booking, HealthcareService, Occupancy
from catalog.scheduling.selectors import Slot, open_slots
from catalog.scheduling.services import mark_attendance
from marketplace.accounts.models import User
from marketplace.core.formatting import SHANGHAI
from marketplace.families.models import Child
from payments.requests.services import Ask

from ..data.activity import PURCHASES, VISITS, Purchase, Visit
from ..keys import product_code, stable_id
from ..models import LoadedData
from .paying import pay_order

_SEARCH_DAYS = 13
_BOOKED_BEFORE = timedelta(days=2, hours=3)
_BOOKED_AT_LATEST = timedelta(hours=2)
_STAFF, _CARRIER, _TRACKING = "staff", "示例快递", "SL20260001234"


def make_activity() -> bool:
    """Make the families' orders, once; a load that was broken off goes on where it stopped. Returns whether any was made."""
    state = LoadedData.objects.get(pk=1)
    if state.activity_at is not None:
        return False
    acts: list[tuple[str, Callable[[], None]]] = [(visit.person, partial(_make_visit, visit)) for visit in VISITS]
    acts += [(purchase.person, partial(_make_purchase, purchase)) for purchase in PURCHASES]
    orders = {key: Order.objects.filter(user=_user(key)).count() for key, _ in acts}
    for key, act in acts:
        if orders[key]:
            orders[key] -= 1
        else:
            act()
    LoadedData.objects.filter(pk=1).update(activity_at=timezone.now())
    return True


def _make_visit(visit: Visit) -> None:
    user, child = _user(visit.person), Child.objects.get(public_id=stable_id("child", visit.child))
    service = HealthcareService.objects.select_related("product").get(product__upc=product_code(visit.item))
    slot = first_slot(service, visit.days)
    if slot is None:
        return
    now = min(slot.starts_at - _BOOKED_BEFORE, timezone.now() - _BOOKED_AT_LATEST)
    empty_basket(user)
    occupancy = Occupancy.objects.get(pk=slot.occupancy_id) if slot.occupancy_id else None
    mode = Mode.IN_PERSON if Mode.IN_PERSON in slot.modes else Mode.PHONE
    put_session_in_basket(
        user=user, service=service, child=child, mode=mode, starts_at=slot.starts_at, occupancy=occupancy, now=now
    )
    order = _order(user, now)
    if visit.question:
        question = ask_question(order=order, asked_by=user, body=visit.question)
        answer_question(question=question, answered_by=_user(_STAFF), answer=visit.answer)
    if slot.ends_at < timezone.now():
        booking = Booking.objects.select_related("occupancy__provider__partner").get(order_line__order=order)
        provider = booking.occupancy.provider
        giver = provider.user or provider.partner.users.get()
        mark_attendance(booking_id=booking.pk, attended=True, marked_by=giver)


def _make_purchase(purchase: Purchase) -> None:
    user = _user(purchase.person)
    now = timezone.now() + timedelta(days=purchase.days)
    empty_basket(user)
    for key in purchase.items:
        put_product_in_basket(user=user, product=Product.objects.get(upc=product_code(key)))
    phone = (user.phone or "").removeprefix("+86")
    order = _order(user, now, Address(user.nickname, phone, purchase.region, purchase.address))
    if purchase.shipped_by:
        for shipment in Shipment.objects.filter(order=order):
            mark_shipped(
                shipment=shipment, carrier=_CARRIER, tracking_number=_TRACKING, shipped_by=_user(purchase.shipped_by)
            )
    _finish_lessons(user, Entitlement.objects.filter(order_line__order=order), purchase.lessons)
    if purchase.question:
        ask_question(order=order, asked_by=user, body=purchase.question)


def _order(user: User, now: datetime, address: Address | None = None) -> Order:
    order = placed_order(user, now, address=address)
    pay_order(order=order, paid_at=now + timedelta(minutes=3))
    return order


def placed_order(user: User, now: datetime, *, address: Address | None = None, ask: Ask | None = None) -> Order:
    """Order what lies in a person's basket."""
    basket = open_basket_of(user)
    assert basket is not None  # a line has just been put into it
    return place_order(
        user=user,
        basket=basket,
        contact_name=user.nickname,
        contact_phone=user.phone or "",
        address=address,
        ask=ask,
        now=now,
    )


def _finish_lessons(user: User, entitlements: Iterable[Entitlement], count: int) -> None:
    for entitlement in entitlements:
        for lesson in entitlement.product.lessons.all()[:count]:
            finish_lesson(entitlement=entitlement, lesson=lesson, user=user)


def first_slot(service: HealthcareService, days: int) -> Slot | None:
    """The first free time from so many days from now on; one in the past must be over."""
    now = timezone.now()
    day = timezone.localdate() + timedelta(days=days)
    asked_at = min(now, datetime.combine(day - timedelta(days=3), time(9), SHANGHAI))
    slots = open_slots(service=service, from_on=day, to_on=day + timedelta(days=_SEARCH_DAYS), now=asked_at)
    if days < 0:
        slots = [slot for slot in slots if slot.ends_at < now]
    return next(iter(slots), None)


def empty_basket(user: User) -> None:
    """Drop what a load that was broken off left behind."""
    basket = open_basket_of(user)
    for line_id in basket.lines.values_list("pk", flat=True) if basket else ():
        remove_line(user=user, line_id=line_id)


def _user(key: str) -> User:
    return User.objects.get(public_id=stable_id("user", key))
