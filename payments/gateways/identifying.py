"""Companies that must know who pays before they open a payment inside their own app (WeChat's openid)."""

from typing import Protocol


class IdentifyingGateway(Protocol):
    """What a gateway with Method.JSAPI adds."""

    def identifying_url(self, *, return_url: str, state: str) -> str:
        """The company's page that silently comes back to `return_url` with `code` and `state`."""

    def payer_of(self, code: str) -> str:
        """The payer that a one-time code stands for. Raises GatewayRefused or GatewayUnclear."""
