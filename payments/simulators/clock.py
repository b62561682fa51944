"""The simulator's time, which tests may push forward, and work that waits for it."""

import heapq
import itertools
import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))
TIME_FORMAT = "%Y-%m-%d %H:%M:%S"
logger = logging.getLogger("simulator")


def as_text(at: float) -> str:
    """Seconds since the epoch as Alipay writes times."""
    return datetime.fromtimestamp(at, BEIJING).strftime(TIME_FORMAT)


def from_text(text: str) -> float:
    """Seconds since the epoch of a time in Alipay's writing. Raises ValueError."""
    return datetime.strptime(text, TIME_FORMAT).replace(tzinfo=BEIJING).timestamp()


class Clock:
    """Now, and a thread that runs what has become due."""

    def __init__(self) -> None:
        self._offset = 0.0
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = itertools.count()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def now(self) -> float:
        """Seconds since the epoch on this clock."""
        return time.time() + self._offset

    def advance(self, seconds: float) -> None:
        """Push the clock forward."""
        with self._changed:
            self._offset += seconds
            self._changed.notify_all()

    def reset(self) -> None:
        """Back to true time, with nothing waiting."""
        with self._changed:
            self._offset = 0.0
            self._due.clear()

    def call_at(self, at: float, work: Callable[[], None]) -> None:
        """Run `work` in the clock's thread once `at` has come."""
        with self._changed:
            heapq.heappush(self._due, (at, next(self._numbers), work))
            # Started here and not at import: a server may fork after importing.
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True, name="clock")
                self._thread.start()
            self._changed.notify_all()

    def _run(self) -> None:
        while True:
            work = self._next_work()
            # A slow listener must not hold up the others.
            threading.Thread(target=_guarded, args=(work,), daemon=True).start()

    def _next_work(self) -> Callable[[], None]:
        with self._changed:
            while True:
                wait = self._due[0][0] - self.now() if self._due else None
                if wait is not None and wait <= 0:
                    return heapq.heappop(self._due)[2]
                self._changed.wait(wait)


def _guarded(work: Callable[[], None]) -> None:
    try:
        work()
    except Exception:
        logger.exception("waiting work failed")
