"""Whatever order the companies' messages arrive in, and however often, one payment comes to one outcome."""

import random
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payments import services
from payments.enums import Client, Method, RefundReason
from payments.ledger.models import Leg
from payments.models import PaymentAttempt, PaymentIntent, Refund
from tests.payments.money.machine import FEN, World, payer_of
from tests.payments.money.stored_shop import StoredShop
from tests.support.waiting import eventually

Message = tuple[str, dict[str, str], bytes]


def _start(world: World, intent: PaymentIntent, place: int) -> PaymentAttempt:
    company = world.companies[place]
    method: Method = company.methods[-1]
    started = services.start_attempt(
        intent=intent, gateway_code=company.code, method=method, client=Client.DESKTOP, payer=payer_of(intent)
    )
    company.open_if_its(started.action)
    return started.attempt


def _changed_mind(world: World, first: int, second: int) -> PaymentIntent:
    """An order begun at one company and paid at another: both have something to tell."""
    world.forget()
    for company in world.companies:
        company.begin()
    order = world.shop.place(amount_fen=FEN, slot=1)
    intent = services.open_intent(
        payable_kind=StoredShop.kind,
        payable_id=order.pk,
        amount_fen=FEN,
        buyer_id=world.buyer.pk,
        expires_at=timezone.now() + timedelta(minutes=45),
    )
    _start(world, intent, first)
    paid = _start(world, intent, second)
    world.companies[second].pay(paid.out_trade_no)
    return intent


def _messages(world: World) -> list[Message]:
    return [(company.code, headers, raw) for company in world.companies for headers, raw in company.messages()]


def _hear(message: Message) -> None:
    code, headers, raw = message
    assert services.receive_webhook(gateway_code=code, headers=headers, raw=raw)[0] < 300


def _outcome(intent: PaymentIntent) -> Any:
    """Everything that money came to, without names and times."""
    intent.refresh_from_db()
    attempts = sorted(intent.attempts.values_list("gateway", "state", "captured_fen", "refunded_fen"))
    legs = sorted(Leg.objects.values_list("entry__kind", "account", "owner", "amount_fen"))
    refunds = sorted(Refund.objects.values_list("state", "amount_fen"))
    return intent.state, attempts, legs, refunds


@pytest.mark.parametrize(("first", "second"), [(0, 1), (1, 2), (2, 0)])
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10_000))
def test_any_order_and_repetition_of_messages_gives_one_outcome(
    world: World,
    first: int,
    second: int,
    seed: int,
) -> None:
    # A die of its own: how many messages there are by now is the companies' business, not the plan's.
    dice = random.Random(seed)
    intent = _changed_mind(world, first, second)
    early = _messages(world)
    assert early, "the company that was paid says so"
    for message in dice.choices(early, k=dice.randint(0, 5)) + dice.sample(early, len(early)):
        _hear(message)
    paid_company = world.companies[second]
    told = len(paid_company.messages())
    services.request_refund(intent_id=intent.pk, amount_fen=400, reason=RefundReason.GOODWILL, key="part")
    # WeChat says first that it is at it; that the money is back is told by its clock, a moment later.
    eventually(lambda: len(paid_company.messages()) > told)
    late = _messages(world) * 2
    for message in dice.sample(late, len(late)):
        _hear(message)
    state, attempts, legs, refunds = _outcome(intent)
    paid_at = paid_company.code
    assert state == "refunded_part"
    assert [a for a in attempts if a[2]] == [(paid_at, "succeeded", FEN, 400)]
    assert [leg for leg in legs if leg[1] == "clearing"] == [
        ("capture", "clearing", paid_at, FEN),
        ("refund", "clearing", paid_at, -400),
    ]
    assert refunds == [("succeeded", 400)]
