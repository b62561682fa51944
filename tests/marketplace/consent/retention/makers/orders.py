"""What was bought, booked, promised and sent back."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from catalog.basket.models import Basket
from catalog.browse.models import SavedProduct
from catalog.credits.enums import GrantSource
from catalog.credits.models import CreditGrant, CreditRefund, CreditUse
from catalog.fulfilment.models import Entitlement, Shipment
from catalog.order.models import Order
from catalog.returns.enums import ReturnState
from catalog.returns.models import ReturnRequest
from catalog.scheduling.enums import BookingStatus, CancelledBy, FeedKind
from catalog.scheduling.models import CalendarFeed, Occupancy
from catalog.vouchers.enums import RewardKind
from catalog.vouchers.models import Reward
from payments.models import PaymentIncident, PaymentIntent, ProviderEvent
from tests import factories
from tests.catalog.order.placed import order_of, pay
from tests.factories.money import make_voucher

from .made import DAY, HOUR, Made, dated, maker


@maker("bookings")
def _booking(at: datetime) -> Made:
    parent = factories.make_parent()
    booking = factories.make_booking(
        child=parent.children.get(), booked_by=parent, starts_at=at - HOUR, status=BookingStatus.FULFILLED
    )
    Occupancy.objects.filter(pk=booking.occupancy_id).update(
        busy_from=at - HOUR, starts_at=at - HOUR, ends_at=at, busy_until=at
    )
    return Made(booking, booking.child.public_id)


@maker("released_bookings")
def _released_booking(at: datetime) -> Made:
    made = _booking(at - 40 * DAY)
    dated(made.row, status=BookingStatus.CANCELLED, cancelled_by=CancelledBy.EXPIRY, cancelled_at=at)
    return made


@maker("calendar_feeds")
def _calendar_feed(at: datetime) -> Made:
    user = factories.make_user()
    row = CalendarFeed.objects.create(person=user, kind=FeedKind.FAMILY, digest=uuid4().hex, ended_at=at)
    return Made(row, user.public_id)


@maker("saved_products")
def _saved_product(at: datetime) -> Made:
    user = factories.make_user()
    row = SavedProduct.objects.create(saved_by=user, product=factories.make_goods(stock=3), saved_at=at)
    return Made(row, user.public_id)


@maker("baskets")
def _basket(at: datetime) -> Made:
    user = factories.make_user()
    return Made(dated(Basket.objects.create(owner=user), date_created=at), user.public_id)


def order_at(at: datetime, **fields: Any) -> Order:
    """An order all of whose moments are long past but those given."""
    user = factories.make_parent()
    order = order_of(user, factories.make_goods(stock=3))
    return dated(order, date_placed=at - HOUR, expires_at=at - HOUR, **fields)


@maker("orders")
def _order(at: datetime) -> Made:
    order = order_at(at, status="cancelled", closed_at=at)
    return Made(order, order.user.public_id)


@maker("released_orders")
def _released_order(at: datetime) -> Made:
    order = order_at(at, status="expired", closed_at=at)
    return Made(order, order.user.public_id)


@maker("entitlements")
def _entitlement(at: datetime) -> Made:
    user = factories.make_parent()
    pay(order_of(user, factories.make_course()))
    return Made(dated(Entitlement.objects.get(user=user), ended_at=at), user.public_id)


@maker("shipments")
def _shipment(at: datetime) -> Made:
    order = order_at(at)
    row = Shipment.objects.create(order=order, partner=factories.make_partner(), status="delivered", delivered_at=at)
    return Made(row, order.user.public_id)


@maker("payments")
def _payment(at: datetime) -> Made:
    user = factories.make_user()
    row = PaymentIntent.objects.create(
        payable_kind="test", payable_id=1, amount_fen=100, buyer=user, expires_at=at, state="expired"
    )
    return Made(dated(row, created_at=at - HOUR), user.public_id)


@maker("payment_events")
def _event(at: datetime) -> Made:
    row = ProviderEvent.objects.create(gateway="alipay", event_id=uuid4().hex, kind="x", raw_body="{}")
    return Made(dated(row, received_at=at))


@maker("payment_incidents")
def _incident(at: datetime) -> Made:
    row = PaymentIncident.objects.create(kind="unknown_trade", key=uuid4().hex, gateway="alipay", closed_at=at)
    return Made(row)


@maker("credits")
def _credits(at: datetime) -> Made:
    owner = factories.make_parent()
    row = CreditGrant.objects.create(
        owner=owner,
        source_kind=GrantSource.GOODWILL,
        source_id=factories.next_number(),
        total=2,
        used=1,
        returned=1,
        unit_fen=30_000,
        value_fen=60_000,
        created_at=at - 90 * DAY,
        expires_at=at,
        ended_at=at,
    )
    use = CreditUse.objects.create(grant=row, booking=factories.make_booking(), value_fen=30_000, used_at=at - 9 * DAY)
    back = CreditRefund.objects.create(grant=row, units=1, amount_fen=30_000, asked_by=owner, asked_at=at)
    return Made(row, owner.public_id, [use, back])


@maker("returns")
def _return(at: datetime) -> Made:
    order = order_at(at - 9 * DAY)
    row = ReturnRequest.objects.create(
        line=order.lines.get(), asked_by=order.user, state=ReturnState.WITHDRAWN, asked_at=at - DAY, ended_at=at
    )
    return Made(row, order.user.public_id)


@maker("rewards")
def _reward(at: datetime) -> Made:
    person = factories.make_user()
    voucher = dated(make_voucher(), start_datetime=at - 30 * DAY, end_datetime=at)
    row = Reward.objects.create(person=person, kind=RewardKind.FEEDBACK, voucher=voucher, given_at=at - 30 * DAY)
    return Made(row, person.public_id, [voucher])
