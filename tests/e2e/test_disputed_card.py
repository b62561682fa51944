"""A payer's bank asks for a card payment back: the finance desk answers once, in neutral words, and the bank decides."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from catalog.order.models import Order
from payments import selectors, services
from payments.disputes.services import look_at_dispute
from payments.enums import Client, Method
from tests.catalog.order.placed import order_of
from tests.factories import make_course, make_parent, make_staff
from tests.payments.simulated import Simulator, visit
from tests.support.browser import both_widths, enter_as

pytestmark = [pytest.mark.django_db(transaction=True), both_widths]


@pytest.fixture
def stripe(simulator_server: str) -> Iterator[Simulator]:
    simulator = Simulator(f"{simulator_server}/stripe")
    simulator.command("reset")
    yield simulator
    simulator.command("reset")


def paid_by_card() -> tuple[Order, str]:
    """An order of ¥100 paid by card, and the number of its payment."""
    order = order_of(make_parent(), make_course(price_fen=10_000, title="给自己的十分钟"))
    intent = selectors.latest_intent_of("order", order.pk)
    started = services.start_attempt(intent=intent, gateway_code="stripe", method=Method.CARD, client=Client.DESKTOP)
    visit(f"{started.action.url}/4242", post=True)
    services.settle_payment(out_trade_no=started.attempt.out_trade_no)
    return order, started.attempt.out_trade_no


def open_as_finance(page: Any, site: str, path: str) -> None:
    enter_as(page, site, make_staff(duties=["finance"]))
    page.goto(site + path)


@pytest.mark.parametrize(("decision", "says"), [("won", "已判给我们"), ("lost", "已判给付款人")])
def test_dispute_is_answered_and_decided(
    page: Any, axe: Callable[[Any], None], gunicorn_server: str, stripe: Simulator, decision: str, says: str
) -> None:
    order, number = paid_by_card()
    ref = stripe.command("dispute", out_trade_no=number)["dispute"]["id"]
    look_at_dispute(gateway_code="stripe", ref=ref)

    open_as_finance(page, gunicorn_server, "/finance/disputes/")
    axe(page)
    page.get_by_role("link", name="¥100.00").click()
    draft = page.get_by_label("给银行的说明")
    expect(draft).to_have_value(re.compile("健康服务 1 项"))
    assert "给自己的十分钟" not in page.content()
    axe(page)
    page.get_by_role("button", name="发给银行").click()
    page.get_by_text("发出前请确认里面没有个人和健康信息").wait_for()
    page.get_by_label("里面没有姓名、服务内容和任何健康信息").check(force=True)
    page.get_by_role("button", name="发给银行").click()
    page.get_by_text("已发给银行").wait_for()
    assert page.get_by_text("银行审理中").is_visible()
    axe(page)

    stripe.command("decide", ref=ref, status=decision)
    look_at_dispute(gateway_code="stripe", ref=ref)
    page.reload()
    page.get_by_text(says).wait_for()
    order.refresh_from_db()
    assert order.refunded_fen == (0 if decision == "won" else 10_000)
