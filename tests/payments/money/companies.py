"""The simulated companies as the proof sees them: what a buyer does there, what they hold, what they say, and crashes.

Our gateways talk to them over HTTP. A `Fuse` burns down with every SQL statement and every step to or from a company;
when it ends the process "dies" there.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from payments.enums import Method
from payments.gateways import registry
from payments.gateways.base import NextAction, Redirect
from tests.payments.simulated import Simulator, visit


class Crash(BaseException):
    """The process died here. Not an Exception: nothing may catch and mend it."""


class Fuse:
    """Counts steps down to a crash; 0 never crashes."""

    def __init__(self) -> None:
        self.left = 0

    def burn(self) -> None:
        """One step nearer."""
        if self.left > 0:
            self.left -= 1
            if self.left == 0:
                raise Crash

    def on_statement(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """A database wrapper: dying before a statement."""
        self.burn()
        return execute(sql, params, many, context)

    @contextmanager
    def lit(self, steps: int) -> Iterator[None]:
        """Die after so many steps of this block, and go on as the next process would."""
        self.left = steps
        try:
            with connection.execute_wrapper(self.on_statement), suppress(Crash):
                yield
        finally:
            self.left = 0


FUSE = Fuse()


class Burning:
    """A gateway that burns the fuse before it asks and after it heard."""

    def __init__(self, gateway: Any) -> None:
        self._gateway = gateway

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._gateway, name)
        if not callable(found):
            return found

        def call(*about: Any, **more: Any) -> Any:
            FUSE.burn()
            answer = found(*about, **more)
            FUSE.burn()
            return answer

        return call


@contextmanager
def burning_gateways() -> Iterator[None]:
    """Let every gateway burn the fuse."""
    real = dict(registry._BUILDERS)

    def builder(path: str) -> Any:
        return lambda config: Burning(import_string(path)(config))

    def build(path: Any) -> Any:
        return path if callable(path) else import_string(path)

    registry._BUILDERS.update({code: (builder(path), key) for code, (path, key) in real.items()})
    loader, registry.import_string = registry.import_string, build
    registry.gateway_for.cache_clear()
    try:
        yield
    finally:
        registry._BUILDERS.update(real)
        registry.import_string = loader
        registry.gateway_for.cache_clear()


@dataclass(frozen=True)
class Held:
    """A trade as the company has it: payable still, what came, what went back."""

    is_payable: bool
    came_fen: int
    back_fen: int


class Company:
    """One simulated company; the subclasses know its words."""

    code = ""
    prefix = ""
    methods: tuple[Method, ...] = ()
    #: Our word for what we ask, and the company's name of the call.
    calls: Mapping[str, str] = {}

    def __init__(self, base_url: str) -> None:
        self.simulator = Simulator(base_url + self.prefix)

    def begin(self) -> None:
        """Forget everything; messages are made but handed over by the test alone, in any order it likes."""
        self.simulator.command("reset")
        self.simulator.fault("notify", "drop", times=10**9)

    def suffer(self, call: str, kind: str) -> None:
        """The next call is not carried out (`before`), or its answer is lost (`after`)."""
        self.simulator.fault(self.calls[call], "http_500" if kind == "before" else "lost_answer")

    def open_if_its(self, action: NextAction) -> None:
        """The buyer opens what our page led to, if it leads to this company."""
        url = action.url if isinstance(action, Redirect) else getattr(action, "text", "")
        if self.knows(url):
            visit(url)

    def knows(self, url: str) -> bool:
        """Whether an address is this company's."""
        return url.startswith(f"{self.simulator.url}/")

    def forged(self, raw: bytes) -> bytes:
        """The message with its amount changed."""
        raise NotImplementedError

    def pay(self, number: str) -> None:
        """The buyer pays, if the company lets them."""
        with suppress(Exception):
            self.simulator.command("pay", out_trade_no=number)

    def held(self) -> dict[str, Held]:
        """All trades by our number."""
        return {number: self._held(trade) for number, trade in self.simulator.trades().items()}

    def _held(self, trade: dict[str, Any]) -> Held:
        raise NotImplementedError

    def messages(self) -> list[tuple[dict[str, str], bytes]]:
        """Headers and body of every message made so far, oldest first."""
        raise NotImplementedError


#: First steps of the addresses of the companies that do not stand at the root.
STEPS = ("wechat", "stripe")


class Alipay(Company):
    code = "alipay"
    methods = (Method.PAGE, Method.QR)
    calls = {
        "create": "alipay.trade.precreate",
        "query": "alipay.trade.query",
        "close": "alipay.trade.close",
        "refund": "alipay.trade.refund",
    }

    def _held(self, trade: dict[str, Any]) -> Held:
        paid = trade["offer"]["total_fen"] if trade["paid_at"] else 0
        return Held(trade["status"] == "WAIT_BUYER_PAY", paid, trade["refunded_fen"])

    def knows(self, url: str) -> bool:
        return super().knows(url) and not url.startswith(tuple(f"{self.simulator.url}/{step}/" for step in STEPS))

    def forged(self, raw: bytes) -> bytes:
        return raw.replace(b"total_amount=10.00", b"total_amount=90.00")

    def messages(self) -> list[tuple[dict[str, str], bytes]]:
        kind = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
        return [(kind, urlencode(message).encode()) for message in self.simulator.messages()]


class Wechat(Company):
    code = "wechat"
    prefix = "/wechat"
    methods = (Method.QR, Method.H5)
    calls = {"create": "native", "query": "query", "close": "close", "refund": "refund"}

    def begin(self) -> None:
        super().begin()
        self.simulator.command("refunds", outcome="SUCCESS", seconds=0)

    def _held(self, trade: dict[str, Any]) -> Held:
        paid = trade["total_fen"] if trade["paid_at"] else 0
        back = sum(one["fen"] for one in trade["refunds"].values() if one["status"] in ("PROCESSING", "SUCCESS"))
        return Held(trade["status"] in ("NOTPAY", "ACCEPT"), paid, back)

    def forged(self, raw: bytes) -> bytes:
        return raw.replace(b'"ciphertext":"', b'"ciphertext":"A', 1).replace(b'"ciphertext": "', b'"ciphertext": "A', 1)

    def messages(self) -> list[tuple[dict[str, str], bytes]]:
        return [(made["headers"], made["body"].encode()) for made in self.simulator.command("messages")["made"]]


class Stripe(Company):
    code = "stripe"
    prefix = "/stripe"
    methods = (Method.CARD,)
    calls = {
        "create": "sessions.create",
        "query": "sessions.retrieve",
        "close": "sessions.expire",
        "refund": "refunds.create",
    }

    def _held(self, trade: dict[str, Any]) -> Held:
        paid = trade["amount"] if trade["payment_status"] == "paid" else 0
        return Held(trade["status"] == "open", paid, trade["refunded_fen"])

    def forged(self, raw: bytes) -> bytes:
        return raw.replace(b'"evt_', b'"evt_x', 1)

    def messages(self) -> list[tuple[dict[str, str], bytes]]:
        made = self.simulator.command("messages")["made"]
        signed = [self.simulator.command("signed", body=event["body"]) for event in made]
        return [({"Stripe-Signature": one["signature"]}, one["body"].encode()) for one in signed]


KINDS: tuple[type[Company], ...] = (Alipay, Wechat, Stripe)


def companies() -> list[Company]:
    """The companies that are switched on, at the simulator the settings name."""
    enabled = registry.enabled_codes()
    return [kind(settings.SIMULATOR_URL) for kind in KINDS if kind.code in enabled]
