"""Orders as tests need them: placed, and settled as payments would."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from catalog.basket.selectors import open_basket_of
from catalog.basket.services import put_product_in_basket, put_session_in_basket
from catalog.catalogue.models import Product
from catalog.order.models import Order
from catalog.order.services import Address, place_order
from catalog.scheduling.models import HealthcareService
from marketplace.accounts.models import User
from tests import factories

ADDRESS = Address(recipient="小林妈妈", phone="13800000000", region="上海市 徐汇区", detail="示例路 1 号")


def free_start(*, weeks: int = 0, hour: int = 10) -> datetime:
    """A time inside everybody's hours, next Saturday at ten unless said otherwise."""
    return factories.shanghai(factories.next_weekday(5, weeks=weeks), hour)


def put_session(user: User, service: HealthcareService, *, starts_at: datetime | None = None, **fields: Any):
    """A held session in the basket, for the person's first child; a group's `occupancy` at its own time."""
    group = fields.get("occupancy")
    starts_at = starts_at or (group.starts_at if group else free_start())
    fields = {"child": user.children.first(), "mode": "in_person", "starts_at": starts_at} | fields
    return put_session_in_basket(user=user, service=service, **fields)


def place(user: User, **fields: Any) -> Order:
    """Place the person's open basket."""
    fields = {"contact_name": "小林妈妈", "contact_phone": "13800000000", "address": ADDRESS} | fields
    return place_order(user=user, basket=open_basket_of(user), **fields)


def order_of(user: User, *things: Product | HealthcareService, **fields: Any) -> Order:
    """A pending order of these things."""
    for number, thing in enumerate(things):
        if isinstance(thing, Product):
            put_product_in_basket(user=user, product=thing)
        else:
            put_session(user, thing, starts_at=free_start(hour=9 + 2 * number))
    return place(user, **fields)


def pay(order: Order, *, at: datetime | None = None) -> Any:
    """What payments does when the money arrived; returns payments' SettleResult."""
    from payments.enums import AttemptState, Client, Method
    from payments.gateways.base import TradeStatus, Truth
    from payments.models import PaymentAttempt
    from payments.numbers import new_trade_number
    from payments.selectors import latest_intent_of
    from payments.services.settling import _book, _Heard

    intent = latest_intent_of("order", order.pk)
    attempt = PaymentAttempt.objects.create(
        intent=intent,
        gateway="alipay",
        method=Method.QR,
        client=Client.PHONE,
        out_trade_no=new_trade_number(),
        amount_fen=intent.amount_fen,
        payable_until=intent.expires_at,
        state=AttemptState.CLOSED if intent.state != "open" else AttemptState.CREATED,
    )
    at = at or timezone.now()
    truth = Truth(TradeStatus.PAID, amount_fen=intent.amount_fen, provider_ref=f"ref-{attempt.pk}", paid_at=at)
    result = _book(attempt, _Heard(truth, at, closing=False))
    order.refresh_from_db()
    return result
