"""The gateway of a dispute, as the company that can speak of it."""

from typing import cast

from payments.gateways.accounting import DisputingGateway
from payments.gateways.base import GatewayRefused
from payments.gateways.registry import gateway_for


def disputing_gateway(code: str) -> DisputingGateway:
    """The gateway by its code. Raises GatewayNotEnabled, or GatewayRefused for one that knows no disputes."""
    gateway = gateway_for(code)
    if not gateway.caps.disputes:
        raise GatewayRefused("no_disputes")
    return cast(DisputingGateway, gateway)
