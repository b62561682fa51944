"""The simulated companies' front page: what they hold, their clock, a fault on order."""

import urllib.request
from urllib.parse import urlencode

from payments.gateways.base import Gateway, GatewayUnclear, TradeRef
from tests.payments.simulated import Simulator, visit
from tests.payments.test_alipay_agreements import signed
from tests.payments.test_alipay_gateway import a_paid, an_attempt


def press(simulator: Simulator, form: str, **fields: object) -> str:
    """Send a form of the front page; returns the page it leads back to."""
    request = urllib.request.Request(f"{simulator.url}/front/{form}", data=urlencode(fields).encode())
    with urllib.request.urlopen(request, timeout=20) as response:
        return str(response.read().decode())


def test_all_three_companies_with_their_latest_trades(alipay: Gateway, simulator: Simulator) -> None:
    status, page, _ = visit(f"{simulator.url}/")
    assert status == 200
    assert all(name in page for name in ("支付宝", "微信支付", "银行卡", "No trades yet"))
    assert "</script" not in page and "style=" not in page
    attempt = a_paid(alipay, simulator)
    page = visit(f"{simulator.url}/")[1]
    assert attempt.out_trade_no in page and "¥360.00" in page and "TRADE_SUCCESS" in page
    assert visit(f"{simulator.url}/front.css")[0] == 200


def test_agreements_lead_to_their_page(alipay: Gateway, simulator: Simulator) -> None:
    ref = signed(alipay, simulator)
    page = visit(f"{simulator.url}/")[1]
    token = simulator.command("agreements")["agreements"][ref.out_agreement_no]["token"]
    assert f"/agreement/{token}" in page


def test_the_clock_is_pushed_for_all(alipay: Gateway, simulator: Simulator) -> None:
    prefixes = ("", "/wechat", "/stripe")
    companies = [Simulator(simulator.url + prefix) for prefix in prefixes]
    before = [company.command("clock", advance=0)["now"] for company in companies]
    assert "拨快" in press(simulator, "clock", by="five")
    after = [company.command("clock", advance=0)["now"] for company in companies]
    for company in companies:
        company.command("reset")
    assert all(5 * 86400 <= late - early < 5 * 86400 + 60 for early, late in zip(before, after, strict=True))


def test_our_requests_are_heard_after_the_clock_was_pushed(alipay: Gateway, simulator: Simulator) -> None:
    attempt = a_paid(alipay, simulator)
    simulator.command("clock", advance=31 * 86400)
    assert alipay.query(TradeRef(attempt.out_trade_no)).amount_fen == 36000
    assert simulator.open_cashier(alipay.create(an_attempt(payable_until=_far())).url)


def _far() -> object:
    from datetime import timedelta

    from django.utils import timezone

    return timezone.now() + timedelta(days=60)


def test_a_fault_is_ordered_and_happens_once(alipay: Gateway, simulator: Simulator) -> None:
    attempt = a_paid(alipay, simulator)
    assert "已安排" in press(simulator, "fault", fault="alipay_silent")
    try:
        alipay.query(TradeRef(attempt.out_trade_no))
    except GatewayUnclear:
        pass
    else:
        raise AssertionError("nothing happened")
    assert alipay.query(TradeRef(attempt.out_trade_no)).amount_fen == 36000


def test_every_offered_fault_exists(alipay: Gateway, simulator: Simulator) -> None:
    from payments.simulators.front_look import FAULTS

    for name in FAULTS:
        assert "已安排" in press(simulator, "fault", fault=name), name
    for prefix in ("", "/wechat", "/stripe"):
        Simulator(simulator.url + prefix).command("reset")


def test_a_refund_by_hand_and_nonsense(alipay: Gateway, simulator: Simulator) -> None:
    attempt = a_paid(alipay, simulator)
    assert "后台退款" in press(simulator, "hand_refund", number=attempt.out_trade_no, fen=100)
    assert simulator.trade(attempt.out_trade_no)["refunded_fen"] == 100
    for form, fields in (
        ("hand_refund", {"number": "T_none", "fen": 100}),
        ("hand_refund", {"number": attempt.out_trade_no, "fen": "all"}),
        ("clock", {"by": "year"}),
        ("fault", {"fault": "everything"}),
        ("elsewhere", {}),
    ):
        assert "没有做成" in press(simulator, form, **fields)
