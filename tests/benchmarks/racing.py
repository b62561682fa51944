"""Two processes working through the same kind of wish side by side, and what they came to."""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any

WORKERS = 2
ROUNDS = 4


@dataclass
class Tally:
    """What one way of booking came to over all rounds."""

    attempts: int = 0
    sold: int = 0
    seconds: float = 0.0
    rates: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return round(self.attempts / self.seconds, 1)

    def add(self, attempts: int, sold: int, seconds: float) -> None:
        self.attempts += attempts
        self.sold += sold
        self.seconds += seconds
        self.rates.append(attempts / seconds)


def race(make_booker: Callable[[], Callable[[Any], bool]], wishes: Sequence[Any], tally: Tally) -> None:
    """Let the processes work through the wishes side by side; time counts from the common start to the last end."""
    from django.db import connections

    connections.close_all()
    context = get_context("fork")
    barrier, results = context.Barrier(WORKERS), context.SimpleQueue()

    def work(number: int) -> None:
        book = make_booker()
        barrier.wait(60)
        begun = time.monotonic()
        sold = sum(book(wish) for wish in wishes[number::WORKERS])
        results.put((begun, time.monotonic(), sold))

    processes = [context.Process(target=work, args=(number,)) for number in range(WORKERS)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    if any(process.exitcode for process in processes):
        sys.exit("a worker failed")
    found = [results.get() for _ in processes]
    seconds = max(end for _, end, _ in found) - min(begun for begun, _, _ in found)
    tally.add(len(wishes), sum(sold for _, _, sold in found), seconds)


def rounds(wishes: Sequence[Any]) -> list[Sequence[Any]]:
    """Cut the wishes into rounds."""
    length = -(-len(wishes) // ROUNDS)
    return [wishes[start : start + length] for start in range(0, len(wishes), length)]
