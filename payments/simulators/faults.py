"""Faults on command: each waits for the next fitting call, once or several times."""

import threading
from dataclasses import dataclass
from typing import Any


@dataclass
class Fault:
    """`on` is an API call or `notify`; each company's package says what each can suffer."""

    on: str
    kind: str
    times: int = 1
    seconds: float = 0.0


class FaultQueue:
    """Faults that wait, in the order in which they were commanded."""

    def __init__(self, *, call_faults: frozenset[str], notify_faults: frozenset[str]) -> None:
        self._call_faults, self._notify_faults = call_faults, notify_faults
        self._waiting: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, fault: Fault) -> None:
        """Command a fault. Raises ValueError for one that does not exist."""
        known = self._notify_faults if fault.on == "notify" else self._call_faults
        if fault.kind not in known:
            raise ValueError(f"no fault {fault.kind!r} on {fault.on!r}")
        with self._lock:
            self._waiting.append(fault)

    def obey(self, about: dict[str, Any]) -> None:
        """Command a fault by its fields, or with {"clear": true} forget those that wait for calls. Raises as `add`."""
        if not about.pop("clear", False):
            self.add(Fault(**about))
            return
        with self._lock:
            self._waiting = [fault for fault in self._waiting if fault.on == "notify"]

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
