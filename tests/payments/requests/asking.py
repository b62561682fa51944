"""Young people who ask, as tests need them."""

from datetime import datetime
from typing import Any

from catalog.order.models import Order
from catalog.scheduling.models import HealthcareService
from marketplace.accounts.models import User
from payments.models import PaymentIntent
from payments.requests.models import PaymentRequest
from payments.requests.services import Ask, link_of
from payments.selectors import latest_intent_of
from tests import factories
from tests.catalog.order.placed import free_start, place, put_session


def order_of_teen(
    teen: User, service: HealthcareService | None = None, *, starts_at: datetime | None = None, **fields: Any
) -> Order:
    """A session in the teen's basket, ordered; `ask` says that somebody else pays."""
    put_session(
        teen,
        service or factories.make_service(price_fen=36_000),
        child=teen.young_profile,
        starts_at=starts_at or free_start(),
    )
    return place(teen, **fields)


def intent_of(order: Order) -> PaymentIntent:
    """What is owed for an order."""
    intent = latest_intent_of("order", order.pk)
    assert intent is not None
    return intent


def asked(teen: User, service: HealthcareService | None = None, **fields: Any) -> PaymentRequest:
    """An open ask of a teen for a session, by link unless `ask` says otherwise."""
    order = order_of_teen(teen, service, **({"ask": Ask()} | fields))
    return PaymentRequest.objects.get(intent=intent_of(order))


def link_to(ask: PaymentRequest) -> str:
    """The path of an ask's link."""
    return f"/pay/for/{link_of(ask)}/"
