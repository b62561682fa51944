"""Telling the merchant: signed events, sent again until a 2xx is answered."""

import hashlib
import hmac
import json
import logging
import threading
import time
import urllib.error
import urllib.request
from typing import Any

from payments.simulators.clock import Clock
from payments.simulators.faults import FaultQueue

logger = logging.getLogger("simulator")
#: Seconds between the deliveries of one event.
RETRY_GAPS = (60, 300, 1800, 7200, 18000, 36000, 43200)
_TIMEOUT_SECONDS = 10
_OLD_SECONDS = 400


class Notifier:
    """Signs and delivers events to the one endpoint; `scale` shortens the waits between deliveries."""

    def __init__(self, secret: str, clock: Clock, faults: FaultQueue, scale: float) -> None:
        self._secret, self._clock, self._faults = secret, clock, faults
        self.scale = scale
        #: Where the merchant listens. The real one is told on its dashboard; here it is learned from return addresses.
        self.endpoint = ""
        self.made: list[dict[str, Any]] = []
        self.deliveries: list[tuple[str, str]] = []
        self._held: list[tuple[dict[str, Any], str]] = []
        self._lock = threading.Lock()

    def send(self, event: dict[str, Any]) -> None:
        """Deliver an event, with the fault that waits for it."""
        fault = self._faults.take(event["type"]) or self._faults.take("notify")
        kind = fault.kind if fault else ""
        event = event | _spoiled(kind)
        with self._lock:
            self.made.append({"id": event["id"], "type": event["type"], "body": json.dumps(event, ensure_ascii=False)})
            held, self._held = self._held, []
            if kind == "reorder":
                self._held = [(event, "")]
        if not self.endpoint or kind in ("drop", "reorder"):
            return
        self._deliver_at(fault.seconds if fault and kind == "delay" else 0.0, event, kind, 0)
        if kind == "duplicate":
            self._deliver_at(0.0, event, "", len(RETRY_GAPS))
        for before, spoilt in held:
            self._deliver_at(0.3, before, spoilt, 0)

    def _deliver_at(self, wait: float, event: dict[str, Any], kind: str, tried: int) -> None:
        url = self.endpoint
        self._clock.call_at(self._clock.now() + wait, lambda: self._deliver(url, event, kind, tried))

    def _deliver(self, url: str, event: dict[str, Any], kind: str, tried: int) -> None:
        body, signature = self.signed(event, kind)
        status = _post(url, body, signature)
        with self._lock:
            self.deliveries.append((event["id"], status))
        if not status.startswith("2") and tried < len(RETRY_GAPS):
            self._deliver_at(RETRY_GAPS[tried] * self.scale, event, kind, tried + 1)

    def signed(self, event: dict[str, Any], kind: str = "") -> tuple[bytes, str]:
        """An event's body and its signature header, made at true time whatever the simulator's clock says."""
        body = json.dumps(event, ensure_ascii=False, indent=2).encode()
        at = int(time.time()) - (_OLD_SECONDS if kind == "old" else 0)
        right, wrong = self._signature(self._secret, at, body), self._signature("whsec_of_somebody_else", at, body)
        ours = {"wrong_signature": [wrong], "rotated": [wrong, right]}.get(kind, [right])
        if kind == "tampered":
            body = body.replace(b'"cny"', b'"usd"') + b" "
        return body, ",".join([f"t={at}", *(f"v1={each}" for each in ours), "v0=0"])

    def _signature(self, secret: str, at: int, body: bytes) -> str:
        return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()

    def forget(self) -> None:
        """Forget what was made and delivered, and to whom."""
        with self._lock:
            self.made.clear()
            self.deliveries.clear()
            self._held.clear()
            self.endpoint = ""


def _spoiled(kind: str) -> dict[str, Any]:
    if kind == "live":
        return {"livemode": True}
    return {"account": "acct_of_somebody_else"} if kind == "foreign_account" else {}


def _post(url: str, body: bytes, signature: str) -> str:
    request = urllib.request.Request(url, data=body, method="POST")  # noqa: S310
    request.add_header("Content-Type", "application/json; charset=utf-8")
    request.add_header("Stripe-Signature", signature)
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS) as response:  # noqa: S310
            return str(response.status)
    except urllib.error.HTTPError as error:
        return str(error.code)
    except OSError as error:
        return f"({error})"
