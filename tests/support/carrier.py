"""A courier of the tests' own: it speaks over HTTP and signs what it says; it shares no code with who hears it."""

import hashlib
import hmac
import json
import time
from datetime import UTC, datetime
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen


class Carrier:
    """Tells a site where parcels are."""

    def __init__(self, site: str, *, code: str, key: str) -> None:
        self.address, self.key = f"{site}/mine/parcels/carriers/{code}/", key

    def message(self, *, age: float = 0, key: str | None = None, **told: Any) -> tuple[bytes, dict[str, str]]:
        """The body of one message and its headers; `age` in seconds."""
        told = {"event_id": "1", "kind": "moving", "happened_at": datetime.now(UTC).isoformat()} | told
        raw, sent_at = json.dumps(told).encode(), str(int(time.time() - age))
        signature = hmac.new((key or self.key).encode(), f"{sent_at}.".encode() + raw, hashlib.sha256).hexdigest()
        return raw, {"X-Sent-At": sent_at, "X-Signature": signature, "Content-Type": "application/json"}

    def tell(self, **told: Any) -> int:
        """Send one message; returns the answer's status."""
        raw, headers = self.message(**told)
        try:
            with urlopen(Request(self.address, raw, headers, method="POST"), timeout=20) as answer:
                return answer.status
        except HTTPError as refusal:
            return refusal.code
