"""Two of us at once, each in a thread with a database connection that lasts: opening one takes as long as many statements."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections

_SECONDS = 120


class Rivals:
    """Threads that begin together, again and again."""

    def __init__(self, number: int = 2) -> None:
        self._number = number
        self._together = threading.Barrier(number)
        self._threads = ThreadPoolExecutor(number)

    def act(self, deeds: Sequence[Callable[[], Any]]) -> list[Exception | None]:
        """Let each thread do one deed; returns what each raised."""
        assert len(deeds) == self._number
        return [act.result(_SECONDS) for act in [self._threads.submit(self._act, deed) for deed in deeds]]

    def _act(self, deed: Callable[[], Any]) -> Exception | None:
        self._together.wait(_SECONDS)
        try:
            deed()
        except Exception as error:  # noqa: BLE001 - handed to the proof, whatever it is
            return error
        return None

    def part(self) -> None:
        """Close the connections and end the threads."""
        self.act([connections.close_all] * self._number)
        self._threads.shutdown()
