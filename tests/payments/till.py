"""Everything a payment needs, in a few words."""

from datetime import timedelta
from urllib.parse import urlencode

from django.test import Client as Browser
from django.utils import timezone

from marketplace.accounts.models import User
from payments import services
from payments.enums import Client, Method
from payments.models import PaymentAttempt, PaymentIntent
from tests.payments.shop import Order, Shop
from tests.payments.simulated import Simulator


class Till:
    """A shop, a buyer and the simulated Alipay; further companies where a test has them."""

    def __init__(self, shop: Shop, simulator: Simulator, buyer: User) -> None:
        self.shop, self.simulator, self.buyer = shop, simulator, buyer
        #: Simulators of other companies, by the gateway's code.
        self.companies: dict[str, Simulator] = {}

    def owe(self, order: Order | None = None, *, seconds: float = 1800) -> PaymentIntent:
        """An open intent for an order, payable for `seconds`."""
        order = order or self.shop.place()
        return services.open_intent(
            payable_kind=Shop.kind,
            payable_id=order.pk,
            amount_fen=order.amount_fen,
            buyer_id=self.buyer.pk,
            expires_at=timezone.now() + timedelta(seconds=seconds),
        )

    def start(
        self,
        intent: PaymentIntent,
        method: Method = Method.PAGE,
        gateway: str = "alipay",
        payer: services.Payer | None = None,
    ) -> services.StartedAttempt:
        """Start an attempt on a desktop."""
        return services.start_attempt(
            intent=intent, gateway_code=gateway, method=method, client=Client.DESKTOP, payer=payer
        )

    def buy(self, started: services.StartedAttempt, act: str = "pay") -> None:
        """Act as the buyer at the company's page."""
        company = self.companies.get(started.attempt.gateway, self.simulator)
        company.buy(company.page_of(started.action), act)

    def paid(
        self, order: Order | None = None, *, gateway: str = "alipay", method: Method = Method.PAGE
    ) -> PaymentIntent:
        """An intent paid and settled."""
        intent = self.owe(order)
        started = self.start(intent, method, gateway)
        self.buy(started)
        services.settle_payment(out_trade_no=started.attempt.out_trade_no)
        intent.refresh_from_db()
        return intent

    def order_of(self, intent: PaymentIntent) -> Order:
        """The order of an intent."""
        return self.shop.orders[intent.payable_id]

    def let_expire(self, intent: PaymentIntent, *, ago: timedelta = timedelta(seconds=1)) -> None:
        """Move our side's end of an intent and its attempts into the past."""
        past = timezone.now() - ago
        PaymentIntent.objects.filter(pk=intent.pk).update(expires_at=past, next_check_at=past)
        PaymentAttempt.objects.filter(intent=intent).update(payable_until=past)

    def make_due(self) -> None:
        """Whatever waits for its next look is looked at by the next reconciliation."""
        from payments.models import ProviderEvent, Refund

        for model in (PaymentAttempt, PaymentIntent, ProviderEvent, Refund):
            model.objects.filter(next_check_at__isnull=False).update(next_check_at=timezone.now())

    def deliver(self, message: dict[str, str]) -> str:
        """Hand a notification to our door; returns what we answer."""
        response = Browser().post(
            "/pay/notify/alipay/",
            urlencode(message),
            content_type="application/x-www-form-urlencoded; charset=utf-8",
        )
        return response.content.decode()
