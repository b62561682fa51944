"""Faults on command: each waits for the next fitting call, once or several times."""

import threading
from dataclasses import dataclass

#: What an API call can suffer. `lost_answer` carries the call out and answers with an error page.
CALL_FAULTS = {
    "http_500",
    "lost_answer",
    "system_error",
    "wrong_signature",
    "garbage",
    "wrong_amount",
    "foreign_seller",
    "slow",
}
#: What a notification can suffer.
NOTIFY_FAULTS = {"drop", "duplicate", "delay", "wrong_signature", "wrong_amount", "foreign_app", "foreign_seller"}


@dataclass
class Fault:
    """`on` is an API method or `notify`."""

    on: str
    kind: str
    times: int = 1
    seconds: float = 0.0


class FaultQueue:
    """Faults that wait, in the order in which they were commanded."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, fault: Fault) -> None:
        """Command a fault. Raises ValueError for one that does not exist."""
        known = NOTIFY_FAULTS if fault.on == "notify" else CALL_FAULTS
        if fault.kind not in known:
            raise ValueError(f"no fault {fault.kind!r} on {fault.on!r}")
        with self._lock:
            self._waiting.append(fault)

    def take(self, on: str) -> Fault | None:
        """The next fault for this call, used up once."""
        with self._lock:
            for fault in self._waiting:
                if fault.on == on:
                    fault.times -= 1
                    if fault.times <= 0:
                        self._waiting.remove(fault)
                    return fault
        return None

    def clear(self) -> None:
        """Forget all that wait."""
        with self._lock:
            self._waiting.clear()
