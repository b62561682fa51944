"""Telling the merchant: signed messages, sent again until `success` is answered."""

import logging
import secrets
import threading
import urllib.request
from dataclasses import dataclass
from urllib.parse import urlencode

from payments.simulators.alipay.agreements import NORMAL, Agreement
from payments.simulators.alipay.rsa2 import KeyRing, message_text
from payments.simulators.alipay.trades import CLOSED, Trade
from payments.simulators.amounts import yuan
from payments.simulators.clock import Clock, as_text
from payments.simulators.faults import FaultQueue

logger = logging.getLogger("simulator")
#: Seconds between the eight notifications of one fact.
RETRY_GAPS = (240, 600, 600, 3600, 7200, 21600, 54000)
_TIMEOUT_SECONDS = 10


@dataclass(frozen=True)
class Merchant:
    """Who the simulator's only merchant is."""

    app_id: str
    seller_id: str


class Notifier:
    """Makes, signs and delivers notifications; `scale` shortens the waits between them."""

    def __init__(self, merchant: Merchant, keys: KeyRing, clock: Clock, faults: FaultQueue, scale: float) -> None:
        self._merchant, self._keys, self._clock, self._faults = merchant, keys, clock, faults
        self.scale = scale
        self.made: list[dict[str, str]] = []
        self.deliveries: list[tuple[str, str]] = []
        self._lock = threading.Lock()

    def tell(self, trade: Trade, *, refund_no: str = "") -> None:
        """Notify the merchant of a trade's state; for a refund, of the refund too."""
        if not trade.offer.notify_url:
            return
        self._tell(trade.offer.notify_url, self._message(trade, refund_no))

    def tell_agreement(self, agreement: Agreement) -> None:
        """Notify the merchant that an agreement was signed or ended."""
        if agreement.notify_url:
            self._tell(agreement.notify_url, self._agreement_message(agreement))

    def _tell(self, url: str, message: dict[str, str]) -> None:
        fault = self._faults.take("notify")
        kind = fault.kind if fault else ""
        self._spoil(message, kind)
        self._sign(message, kind)
        with self._lock:
            self.made.append(message)
        if kind == "drop":
            return
        wait = fault.seconds if fault and kind == "delay" else 0.0
        self._deliver_at(wait, url, message, 0)
        if kind == "duplicate":
            self._deliver_at(wait, url, message, len(RETRY_GAPS))

    def _agreement_message(self, agreement: Agreement) -> dict[str, str]:
        is_signed = agreement.status == NORMAL
        message = {
            "notify_time": as_text(self._clock.now()),
            "notify_type": "dut_user_sign" if is_signed else "dut_user_unsign",
            "notify_id": secrets.token_hex(17),
            "app_id": self._merchant.app_id,
            "charset": "utf-8",
            "version": "1.0",
            "sign_type": "RSA2",
            "agreement_no": agreement.agreement_no,
            "external_agreement_no": agreement.external_no,
            "alipay_user_id": agreement.user_id,
            "personal_product_code": "CYCLE_PAY_AUTH_P",
            "status": agreement.status,
            "sign_time": as_text(agreement.signed_at),
        }
        if not is_signed:
            message["unsign_time"] = as_text(agreement.ended_at)
        return message

    def _message(self, trade: Trade, refund_no: str) -> dict[str, str]:
        now = as_text(self._clock.now())
        message = {
            "notify_time": now,
            "notify_type": "trade_status_sync",
            "notify_id": secrets.token_hex(17),
            "app_id": self._merchant.app_id,
            "charset": "utf-8",
            "version": "1.0",
            "sign_type": "RSA2",
            "trade_no": trade.trade_no,
            "out_trade_no": trade.offer.out_trade_no,
            "seller_id": self._merchant.seller_id,
            "trade_status": trade.status,
            "subject": trade.offer.subject,
            "total_amount": yuan(trade.offer.total_fen),
            "gmt_create": as_text(trade.created_at),
            "body": "",
        }
        if trade.paid_at:
            message["gmt_payment"] = as_text(trade.paid_at)
        if trade.status == CLOSED:
            message["gmt_close"] = as_text(trade.closed_at)
        if refund_no:
            message |= {"refund_fee": yuan(trade.refunded_fen), "gmt_refund": f"{now}.000", "out_biz_no": refund_no}
        return message

    def _spoil(self, message: dict[str, str], kind: str) -> None:
        if kind == "wrong_amount" and "total_amount" in message:
            message["total_amount"] = "0.01"
        elif kind == "foreign_app":
            message["app_id"] = "2021999999999999"
        elif kind == "foreign_seller":
            message["seller_id"] = "2088999999999999"

    def _sign(self, message: dict[str, str], kind: str) -> None:
        text = message_text(message)
        message["sign"] = self._keys.signature(text + ("!" if kind == "wrong_signature" else ""))

    def _deliver_at(self, wait: float, url: str, message: dict[str, str], tried: int) -> None:
        self._clock.call_at(self._clock.now() + wait, lambda: self._deliver(url, message, tried))

    def _deliver(self, url: str, message: dict[str, str], tried: int) -> None:
        answer = _post(url, message)
        with self._lock:
            self.deliveries.append((message["notify_id"], answer))
        if answer != "success" and tried < len(RETRY_GAPS):
            self._deliver_at(RETRY_GAPS[tried] * self.scale, url, message, tried + 1)

    def forget(self) -> None:
        """Forget what was made and delivered."""
        with self._lock:
            self.made.clear()
            self.deliveries.clear()


def _post(url: str, message: dict[str, str]) -> str:
    request = urllib.request.Request(url, data=urlencode(message).encode(), method="POST")  # noqa: S310
    request.add_header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS) as response:  # noqa: S310
            return str(response.read(64).decode("utf-8", "replace"))
    except OSError as error:
        return f"({error})"
