"""Talking to the simulated WeChat: as a test that commands it, and as a payer with a phone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from tests.payments.simulated import Simulator, visit

if TYPE_CHECKING:
    from payments.gateways.base import NextAction


class WechatSimulator(Simulator):
    """The simulator at a base URL."""

    def page_of(self, action: NextAction) -> str:
        """The page that a payer's phone opens."""
        arguments = getattr(action, "arguments", None)
        return self.bridge_page(arguments) if arguments else super().page_of(action)

    def bridge_page(self, arguments: Mapping[str, str]) -> str:
        """What stands in for the app's own question inside WeChat."""
        return f"{self.url}/jsapi?{urlencode(arguments)}"

    def look(self, action: NextAction) -> str:
        """The text of that page."""
        return visit(self.page_of(action))[1]

    def buy(self, page_url: str, act: str = "pay") -> str:
        """Open a page and press one of its buttons; returns where the payer is sent."""
        status, page, _ = visit(page_url)
        assert status == 200, page
        buttons = [part.split('"')[0].replace("&amp;", "&") for part in page.split('action="')[1:]]
        wanted = [button for button in buttons if button.split("?")[0].endswith(f"/{act}")]
        assert wanted, page
        return self.press(wanted[0])

    def press(self, button: str) -> str:
        """Press a button by its address."""
        return visit(button, post=True)[2]

    def contract(self, out_agreement_no: str) -> dict[str, Any]:
        """An agreement as the company keeps it."""
        contract: dict[str, Any] = self.command("contracts")["contracts"][out_agreement_no]
        return contract

    def become(self, name: str) -> str:
        """Hand the phone to somebody; returns their openid."""
        openid: str = self.command("person", name=name)["openid"]
        return openid

    def advance(self, *, days: float = 0, seconds: float = 0) -> None:
        """Push the company's clock forward."""
        self.command("clock", advance=days * 86400 + seconds)
