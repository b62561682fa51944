"""Learning whose phone it is, for the companies that open a payment inside their app for one person only."""

from typing import cast

from payments.errors import GatewayBusy, MethodNotOffered
from payments.gateways.base import GatewayRefused, GatewayUnclear
from payments.gateways.identifying import IdentifyingGateway
from payments.gateways.registry import GatewayNotEnabled, gateway_for
from payments.services.asking import ask


def _gateway(code: str) -> IdentifyingGateway:
    try:
        return cast(IdentifyingGateway, gateway_for(code))
    except GatewayNotEnabled:
        raise MethodNotOffered from None


def identifying_page(*, gateway_code: str, return_url: str, state: str) -> str:
    """The company's page that silently comes back with a code. Raises MethodNotOffered."""
    return _gateway(gateway_code).identifying_url(return_url=return_url, state=state)


def payer_behind(*, gateway_code: str, code: str) -> str:
    """The payer a one-time code stands for. Raises MethodNotOffered, GatewayBusy.

    Talks to a gateway: call it outside transactions.
    """
    try:
        return ask(_gateway(gateway_code).payer_of, code)
    except (GatewayRefused, GatewayUnclear):
        raise GatewayBusy from None
