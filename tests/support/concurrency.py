"""Several threads at once, each with database connections of its own."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connections


@dataclass
class Outcome:
    """What one thread came to: a value, or the exception that ended it."""

    value: Any = None
    error: Exception | None = None


def run_concurrently(function: Callable[[int], Any], times: int, seconds: float = 120) -> list[Outcome]:
    """Call `function(number)` in `times` threads released together; wait for all, in order of number.

    The caller's test must be marked `django_db(transaction=True)`: other connections see only what is committed.
    """
    barrier = threading.Barrier(times)
    outcomes = [Outcome() for _ in range(times)]

    def work(number: int) -> None:
        try:
            barrier.wait(seconds)
            outcomes[number].value = function(number)
        except Exception as error:  # noqa: BLE001 - handed to the test, whatever it is
            outcomes[number].error = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(number,), daemon=True) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds)
    assert not any(thread.is_alive() for thread in threads), "a thread is stuck, most likely waiting for a lock"
    return outcomes
