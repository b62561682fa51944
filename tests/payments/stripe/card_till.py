"""A till that takes cards: the simulated Stripe, its pay page and its messages."""

import json
from typing import Any

from django.test import Client as Browser

from payments import services
from payments.enums import Client, Method
from payments.models import PaymentIntent
from tests.payments.shop import Order
from tests.payments.simulated import visit
from tests.payments.till import Till


class CardTill(Till):
    """Everything a payment by card needs, in a few words."""

    def start(
        self, intent: PaymentIntent, method: Method = Method.CARD, gateway: str = "stripe"
    ) -> services.StartedAttempt:
        """Start an attempt on a desktop."""
        return services.start_attempt(intent=intent, gateway_code=gateway, method=method, client=Client.DESKTOP)

    def paid(
        self, order: Order | None = None, *, gateway: str = "stripe", method: Method = Method.CARD
    ) -> PaymentIntent:
        """An intent paid by card and settled."""
        return super().paid(order, gateway=gateway, method=method)

    def buy(self, started: services.StartedAttempt, act: str = "4242") -> None:
        """Act as the payer on the page: a card's last four digits, or a button."""
        self.press(started.action.url, act)

    def press(self, url: str, act: str) -> tuple[int, str, str]:
        """Press a button; returns status, page and where it leads."""
        return visit(f"{url}/{act}", post=True)

    def settle(self, intent: PaymentIntent) -> Any:
        """Settle the newest attempt of an intent."""
        return services.settle_payment(out_trade_no=intent.attempts.latest("pk").out_trade_no)

    def events(self, kind: str = "") -> list[dict[str, Any]]:
        """Events made so far, oldest first."""
        made = self.simulator.command("messages")["made"]
        return [json.loads(each["body"]) for each in made if each["type"].startswith(kind)]

    def deliver(self, event: dict[str, Any], kind: str = "") -> int:
        """Hand an event to our door, signed as the company signs; returns the status we answer with."""
        signed = self.simulator.command("signed", body=json.dumps(event), kind=kind)
        return self.post(signed["body"], signed["signature"])

    def post(self, body: str, signature: str) -> int:
        """Hand anything to our door."""
        response = Browser(enforce_csrf_checks=True).post(
            "/pay/notify/stripe/",
            body,
            content_type="application/json; charset=utf-8",
            headers={"Stripe-Signature": signature},
        )
        return response.status_code
