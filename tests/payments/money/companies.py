"""The simulated companies as the proof sees them: what a buyer does there, what they hold, what they say, and crashes.

Our gateways talk to them over HTTP. A `Fuse` burns down with every SQL statement and every step to or from a company;
when it ends the process "dies" there.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from payments.enums import Method
from payments.gateways import registry
from payments.gateways.base import NextAction, Redirect
from payments.simulators.commands import PATH as SEVERAL
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


#: A company's path and what it is told.
Command = tuple[str, dict[str, Any]]


def told(base_url: str, commands: Sequence[Command]) -> list[dict[str, Any]]:
    """What the companies answer to several commands, in one request; {} where they do not let the buyer pay."""
    if not commands:
        return []
    line = HTTPConnection(urlsplit(base_url).netloc, timeout=20)
    try:
        line.request("POST", SEVERAL, body=json.dumps(commands))
        answers: list[dict[str, Any]] = json.loads(line.getresponse().read())
    finally:
        line.close()
    for (path, about), answer in zip(commands, answers, strict=True):
        assert answer or path.endswith("/pay"), f"{path} does not understand {about}"
    return answers


class Company:
    """One simulated company; the subclasses know its words."""

    code = ""
    prefix = ""
    methods: tuple[Method, ...] = ()
    #: Our word for what we ask, and the company's name of the call.
    calls: Mapping[str, str] = {}
    #: The command that shows its messages, and what else makes it begin anew.
    telling = "messages"
    beginning: tuple[tuple[str, dict[str, Any]], ...] = ()

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.simulator = Simulator(base_url + self.prefix)

    def command(self, action: str, **about: Any) -> Command:
        """One of its commands."""
        return f"{self.prefix}/__control/{action}", about

    def to_begin(self) -> list[Command]:
        """Forget everything; messages are made but handed over by the test alone, in any order it likes."""
        drop = self.command("faults", on="notify", kind="drop", times=10**9, seconds=0.0)
        return [self.command("reset"), drop, *(self.command(action, **about) for action, about in self.beginning)]

    def to_suffer(self, call: str, kind: str) -> Command:
        """The next call is not carried out (`before`), or its answer is lost (`after`)."""
        kind = "http_500" if kind == "before" else "lost_answer"
        return self.command("faults", on=self.calls[call], kind=kind, times=1, seconds=0.0)

    def to_be_paid(self, number: str) -> Command:
        """The buyer pays, if the company lets them."""
        return self.command("pay", out_trade_no=number)

    def begin(self) -> None:
        """Begin anew."""
        told(self.base_url, self.to_begin())

    def pay(self, number: str) -> None:
        """The buyer pays, if the company lets them."""
        told(self.base_url, [self.to_be_paid(number)])

    def messages(self) -> list[tuple[dict[str, str], bytes]]:
        """Headers and body of every message made so far, oldest first."""
        [answer] = told(self.base_url, [self.command(self.telling)])
        return [self._message(made) for made in answer["made"]]

    def _message(self, made: dict[str, Any]) -> tuple[dict[str, str], bytes]:
        raise NotImplementedError

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

    def held(self, trade: dict[str, Any]) -> Held:
        """A trade of its books."""
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

    def held(self, trade: dict[str, Any]) -> Held:
        paid = trade["offer"]["total_fen"] if trade["paid_at"] else 0
        return Held(trade["status"] == "WAIT_BUYER_PAY", paid, trade["refunded_fen"])

    def knows(self, url: str) -> bool:
        return super().knows(url) and not url.startswith(tuple(f"{self.simulator.url}/{step}/" for step in STEPS))

    def forged(self, raw: bytes) -> bytes:
        return raw.replace(b"total_amount=10.00", b"total_amount=90.00")

    def _message(self, made: dict[str, Any]) -> tuple[dict[str, str], bytes]:
        return {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}, urlencode(made).encode()


class Wechat(Company):
    code = "wechat"
    prefix = "/wechat"
    methods = (Method.QR, Method.H5)
    calls = {"create": "native", "query": "query", "close": "close", "refund": "refund"}
    beginning = (("refunds", {"outcome": "SUCCESS", "seconds": 0}),)

    def held(self, trade: dict[str, Any]) -> Held:
        paid = trade["total_fen"] if trade["paid_at"] else 0
        back = sum(one["fen"] for one in trade["refunds"].values() if one["status"] in ("PROCESSING", "SUCCESS"))
        return Held(trade["status"] in ("NOTPAY", "ACCEPT"), paid, back)

    def forged(self, raw: bytes) -> bytes:
        return raw.replace(b'"ciphertext":"', b'"ciphertext":"A', 1).replace(b'"ciphertext": "', b'"ciphertext": "A', 1)

    def _message(self, made: dict[str, Any]) -> tuple[dict[str, str], bytes]:
        return made["headers"], made["body"].encode()


class Stripe(Company):
    code = "stripe"
    prefix = "/stripe"
    methods = (Method.CARD,)
    telling = "signed"
    calls = {
        "create": "sessions.create",
        "query": "sessions.retrieve",
        "close": "sessions.expire",
        "refund": "refunds.create",
    }

    def held(self, trade: dict[str, Any]) -> Held:
        paid = trade["amount"] if trade["payment_status"] == "paid" else 0
        return Held(trade["status"] == "open", paid, trade["refunded_fen"])

    def forged(self, raw: bytes) -> bytes:
        return raw.replace(b'"evt_', b'"evt_x', 1)

    def _message(self, made: dict[str, Any]) -> tuple[dict[str, str], bytes]:
        return {"Stripe-Signature": made["signature"]}, made["body"].encode()


KINDS: tuple[type[Company], ...] = (Alipay, Wechat, Stripe)


def companies() -> list[Company]:
    """The companies that are switched on, at the simulator the settings name."""
    enabled = registry.enabled_codes()
    return [kind(settings.SIMULATOR_URL) for kind in KINDS if kind.code in enabled]


def books(companies: Sequence[Company]) -> list[dict[str, Held]]:
    """All trades of each company by our number."""
    answers = told(companies[0].base_url, [company.command("trades") for company in companies])
    return [
        {number: company.held(trade) for number, trade in answer["trades"].items()}
        for company, answer in zip(companies, answers, strict=True)
    ]
