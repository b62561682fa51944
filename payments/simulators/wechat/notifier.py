"""Telling the merchant: encrypted, signed messages, sent again until 200 or 204 is answered."""

import secrets
import threading
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any

from payments.simulators.clock import Clock
from payments.simulators.faults import FaultQueue
from payments.simulators.wechat.seals import Seal, Seals, compact
from payments.simulators.wechat.times import rfc3339

#: Seconds between the sixteen notifications of one fact.
RETRY_GAPS = (15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600)
_TIMEOUT_SECONDS = 5


@dataclass(frozen=True)
class News:
    """What there is to tell: the type of event, the resource's type, its content and one sentence."""

    event_type: str
    original_type: str
    content: dict[str, Any]
    summary: str


@dataclass
class Message:
    """A message on its way; signed anew each time it is sent."""

    id: str
    url: str
    body: str
    kind: str
    event_type: str
    seal: Seal
    headers: dict[str, str] = field(default_factory=dict)


class Notifier:
    """Makes, signs and delivers messages; `scale` shortens the waits, `seal_name` says which key signs."""

    def __init__(self, seals: Seals, clock: Clock, faults: FaultQueue, scale: float) -> None:
        self._seals, self._clock, self._faults = seals, clock, faults
        self.scale = scale
        self.seal_name = "public_key"
        self.made: list[Message] = []
        self.deliveries: list[tuple[str, str]] = []
        self._held: list[Message] = []
        self._lock = threading.Lock()

    def seal(self) -> Seal:
        """The key that signs messages now."""
        return self._seals.public_key if self.seal_name == "public_key" else self._seals.certificates[-1]

    def tell(self, url: str, news: News) -> None:
        """Notify the merchant, or suffer the fault that waits for it."""
        if not url:
            return
        fault = self._faults.take("notify")
        kind = fault.kind if fault else ""
        message = self._message(url, news, kind)
        with self._lock:
            self.made.append(message)
            if kind == "reorder":
                self._held.append(message)
            held, self._held = ([], self._held) if kind == "reorder" else (self._held, [])
        if kind in ("drop", "reorder"):
            return
        wait = fault.seconds if fault and kind == "delay" else 0.0
        self._deliver_at(wait, message, 0)
        if kind == "duplicate":
            self._deliver_at(wait, message, len(RETRY_GAPS))
        for late in held:
            self._deliver_at(wait + 0.2, late, 0)

    def _message(self, url: str, news: News, kind: str) -> Message:
        content = _spoilt(news.content, kind)
        resource = self._seals.encrypted(compact(content), news.original_type, wrong_key=kind == "wrong_key")
        number = f"EV-{secrets.token_hex(16)}"
        event = {
            "id": number,
            "create_time": rfc3339(self._clock.now()),
            "resource_type": "encrypt-resource",
            "event_type": news.event_type,
            "summary": news.summary,
            "resource": {"original_type": news.original_type, **resource},
        }
        message = Message(number, url, compact(event), kind, news.event_type, self.seal())
        message.headers = self._seals.headers(message.body, message.seal, kind=kind)
        return message

    def _deliver_at(self, wait: float, message: Message, tried: int) -> None:
        self._clock.call_at(self._clock.now() + wait, lambda: self._deliver(message, tried))

    def _deliver(self, message: Message, tried: int) -> None:
        headers = self._seals.headers(message.body, message.seal, kind=message.kind)
        answer = _post(message.url, headers, message.body)
        with self._lock:
            self.deliveries.append((message.id, answer))
        if answer not in ("200", "204") and tried < len(RETRY_GAPS):
            self._deliver_at(RETRY_GAPS[tried] * self.scale, message, tried + 1)

    def reset(self) -> None:
        """Forget what was made and delivered; the public key signs again."""
        with self._lock:
            self.made.clear()
            self.deliveries.clear()
            self._held.clear()
            self.seal_name = "public_key"


def _spoilt(content: dict[str, Any], kind: str) -> dict[str, Any]:
    if kind == "wrong_amount" and "amount" in content:
        return content | {"amount": content["amount"] | {"total": 1, "payer_total": 1}}
    if kind == "foreign_mch":
        return content | {"mchid": "1900999999"}
    if kind == "foreign_app" and "appid" in content:
        return content | {"appid": "wx9999999999999999"}
    return content


def _post(url: str, headers: dict[str, str], body: str) -> str:
    """The HTTP status as text, or what went wrong."""
    request = urllib.request.Request(url, data=body.encode(), method="POST")  # noqa: S310
    for name, value in headers.items() | {("Content-Type", "application/json")}:
        request.add_header(name, value)
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS) as response:  # noqa: S310
            return str(response.status)
    except urllib.error.HTTPError as error:
        return str(error.code)
    except OSError as error:
        return f"({error})"
