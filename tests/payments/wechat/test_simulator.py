"""What the simulated WeChat does by itself: messages sent again, in another order or not at all; books that last."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from payments.enums import Method
from payments.gateways.base import Gateway
from payments.simulators.wechat.house import House
from payments.simulators.wechat.notifier import RETRY_GAPS
from payments.simulators.wechat.people import openid_for
from payments.simulators.wechat.records import Contract, Order
from tests.payments.simulated import visit
from tests.payments.wechat.attempts import an_attempt
from tests.payments.wechat.simulated import WechatSimulator
from tests.support.waiting import eventually


class Listener:
    """A merchant's door: keeps what comes, refuses the first few."""

    def __init__(self) -> None:
        self.came: list[tuple[dict[str, str], bytes]] = []
        self.refusals = 0
        listener = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                listener.came.append((dict(self.headers), body))
                listener.refusals -= 1
                self.send_response(204 if listener.refusals < 0 else 500)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.url = f"http://127.0.0.1:{self.server.server_port}/notify/"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def numbers(self) -> list[str]:
        """Ids of the messages in the order in which they came."""
        return [json.loads(body)["id"] for _, body in self.came]


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.server.shutdown()
    listener.server.server_close()


def pay(wechat: Gateway, simulator: WechatSimulator, listener: Listener) -> None:
    simulator.buy(wechat.create(an_attempt(notify_url=listener.url)).text)


def test_message_is_signed_anew_and_sent_until_it_is_taken(
    wechat: Gateway, wechat_simulator: WechatSimulator, listener: Listener
) -> None:
    listener.refusals = 2
    pay(wechat, wechat_simulator, listener)
    eventually(lambda: len(wechat_simulator.deliveries()) == 3)
    assert [answer for _, answer in wechat_simulator.deliveries()] == ["500", "500", "204"]
    assert len(set(listener.numbers())) == 1
    assert len({headers["Wechatpay-Nonce"] for headers, _ in listener.came}) == 3
    for headers, body in listener.came:
        assert wechat.parse_webhook(headers, body).kind == "TRANSACTION.SUCCESS"


def test_gaps_are_those_of_wechat() -> None:
    assert len(RETRY_GAPS) == 15
    assert sum(RETRY_GAPS) == 24 * 3600 + 4 * 60


@pytest.mark.parametrize(("kind", "times"), [("duplicate", 2), ("drop", 0), ("delay", 1)])
def test_messages_misbehave(
    wechat: Gateway, wechat_simulator: WechatSimulator, listener: Listener, kind: str, times: int
) -> None:
    wechat_simulator.fault("notify", kind, seconds=0.1)
    pay(wechat, wechat_simulator, listener)
    if times:
        eventually(lambda: len(listener.came) == times)
    assert len(wechat_simulator.messages()) == 1
    assert len(set(listener.numbers())) == bool(times)


def test_messages_change_places(wechat: Gateway, wechat_simulator: WechatSimulator, listener: Listener) -> None:
    wechat_simulator.fault("notify", "reorder")
    pay(wechat, wechat_simulator, listener)
    pay(wechat, wechat_simulator, listener)
    eventually(lambda: len(listener.came) == 2)
    made = [message["id"] for message in wechat_simulator.messages()]
    assert listener.numbers() == made[::-1]


def test_phone_page_opens_only_from_a_site(wechat: Gateway, wechat_simulator: WechatSimulator) -> None:
    import urllib.request

    page = wechat.create(an_attempt(Method.H5)).url
    with urllib.request.urlopen(page) as answer:
        assert "没有来源页" in answer.read().decode()
    assert "付款成功" in visit(page)[1]


def test_books_last_over_a_restart(tmp_path: Path, settings) -> None:
    journal = tmp_path / "wechat.jsonl"

    def opened() -> House:
        return House(settings.BASE_DIR / ".data" / settings.EMBEDDED_PURPOSE / "keys", journal, 1.0)

    house = opened()
    now = house.clock.now()
    order = house.orders.place(Order("T00000001", "NATIVE", 36000, "健康服务", "", now + 600, now, "t", "p"))
    house.pay("T00000001")
    house.refunds.ask(order, out_refund_no="R1", fen=100, total_fen=36000, notify_url="")
    contract = house.contracts.prepare(Contract("A1", 1, "方案", "u", "", "", "c", now))
    house.sign(contract)
    with journal.open("a") as out:
        out.write('["order", {"out_trade')
    again = opened()
    kept = again.orders.get("T00000001")
    assert (kept.openid, kept.refunded_fen, kept.trade_state) == (openid_for("demo"), 100, "REFUND")
    assert again.contracts.get("A1").contract_id == contract.contract_id
    again.reset()
    assert not opened().orders.orders


@pytest.mark.parametrize("path", ["/", "/scan/nothing", "/pay/nothing/pay", "/contract/nothing", "/h5/", "/sign"])
def test_pages_that_are_not_there(wechat_simulator: WechatSimulator, path: str) -> None:
    assert visit(wechat_simulator.url + path)[0] == 404


@pytest.mark.parametrize("command", ["nothing", "pay", "clock"])
def test_commands_that_cannot_be(wechat_simulator: WechatSimulator, command: str) -> None:
    import urllib.error

    with pytest.raises(urllib.error.HTTPError):
        wechat_simulator.command(command)
