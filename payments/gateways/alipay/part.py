"""What every part of the gateway stands on."""

from collections.abc import Mapping
from typing import Any

from payments.gateways.alipay.config import AlipayConfig
from payments.gateways.alipay.sdk import AlipayClient


class Part:
    """Our name at Alipay, and the way to it."""

    def __init__(self, config: AlipayConfig) -> None:
        self._config = config
        self._client = AlipayClient(config)

    def _foreign(self, fields: Mapping[str, Any]) -> str:
        """Names of the fields that are present and speak of another merchant."""
        ours = {"app_id": self._config.app_id, "seller_id": self._config.seller_id}
        return ",".join(name for name, mine in ours.items() if fields.get(name, mine) != mine)
