"""Talking to the running simulator: as a test that commands it, and as a buyer with a browser."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from payments.gateways.base import NextAction


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


_opener = urllib.request.build_opener(_Stay)


def visit(url: str, *, post: bool = False) -> tuple[int, str, str]:
    """Status, body and where it leads, without going there."""
    # Like a browser that came from the shop: WeChat looks at where a phone comes from.
    request = urllib.request.Request(url, data=b"" if post else None, headers={"Referer": "http://127.0.0.1:9/"})
    try:
        with _opener.open(request, timeout=20) as response:
            return response.status, response.read().decode(), ""
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), error.headers.get("Location", "")


class Simulator:
    """The simulator at a base URL."""

    def __init__(self, url: str) -> None:
        self.url = url

    def command(self, action: str, **about: Any) -> dict[str, Any]:
        """Carry out a command; fails the test when it is refused."""
        request = urllib.request.Request(f"{self.url}/__control/{action}", data=json.dumps(about).encode())
        with urllib.request.urlopen(request, timeout=20) as response:
            answer: dict[str, Any] = json.loads(response.read())
        return answer

    def fault(self, on: str, kind: str, *, times: int = 1, seconds: float = 0.0) -> None:
        """The next calls of `on` suffer `kind`."""
        self.command("faults", on=on, kind=kind, times=times, seconds=seconds)

    def trade(self, out_trade_no: str) -> dict[str, Any]:
        """The trade as the company keeps it. Raises KeyError when there is none."""
        trade: dict[str, Any] = self.command("trades")["trades"][out_trade_no]
        return trade

    def trades(self) -> dict[str, Any]:
        """All trades by the merchant's number."""
        trades: dict[str, Any] = self.command("trades")["trades"]
        return trades

    def calls(self) -> list[str]:
        """Methods called since the test began."""
        calls: list[str] = self.command("messages")["calls"]
        return calls

    def messages(self) -> list[dict[str, str]]:
        """Notifications made so far, dropped ones too, oldest first."""
        messages: list[dict[str, str]] = self.command("messages")["made"]
        return messages

    def deliveries(self) -> list[tuple[str, str]]:
        """(notify_id, answer) of every notification that was handed over."""
        return [tuple(pair) for pair in self.command("messages")["deliveries"]]

    def page_of(self, action: NextAction) -> str:
        """The address that a buyer opens, or that is behind the code they scan."""
        return getattr(action, "url", None) or action.text

    def open_cashier(self, page_url: str) -> str:
        """Follow a page or QR address like a buyer; returns the cashier's address."""
        status, body, location = visit(page_url)
        assert status == 302, body
        return location if location.startswith("http") else self.url + location

    def choose(self, cashier_url: str, act: str) -> tuple[int, str, str]:
        """Press a button of the cashier."""
        return visit(f"{cashier_url}/{act}", post=True)

    def buy(self, page_url: str, act: str = "pay") -> str:
        """Open and choose; returns where the buyer is sent."""
        return self.choose(self.open_cashier(page_url), act)[2]
