"""Stripe: cards on its own page, refunds, plans by subscription, disputes, bills, webhooks."""

from collections.abc import Mapping

from payments.enums import Method
from payments.gateways.base import Caps, Recurring
from payments.gateways.stripe.agreements import Agreements
from payments.gateways.stripe.books import Books
from payments.gateways.stripe.config import StripeConfig, read_config
from payments.gateways.stripe.messages import Messages
from payments.gateways.stripe.refunds import Refunds
from payments.gateways.stripe.sdk import StripeApi
from payments.gateways.stripe.trades import Trades


def build_gateway(settings: Mapping[str, str]) -> "StripeGateway":
    """The gateway of a settings dict. Raises ImproperlyConfigured."""
    return StripeGateway(read_config(settings))


class StripeGateway(Trades, Refunds, Messages, Agreements, Books):
    """Implements Gateway, InvoicingGateway, DisputingGateway and BillingGateway."""

    code = "stripe"
    caps = Caps(
        methods=frozenset({Method.CARD}),
        recurring=Recurring.COMPANY_CHARGES,
        disputes=True,
        bills=True,
    )

    def __init__(self, config: StripeConfig) -> None:
        self._api = StripeApi(config)
