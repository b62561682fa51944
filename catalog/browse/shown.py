"""How often products stand on a page of a listing that somebody opens: counts by day, and nothing of who it was.

A page's products are counted in this process's memory, which costs no round trip, and sent to Redis by one pipeline every
few seconds. No person, session or address goes with them. What a process that ends has not sent yet, or Redis loses, is
missing from a figure in a report and from nothing else.
"""

import logging
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from threading import Lock
from typing import Any

import redis
from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

logger = logging.getLogger(__name__)

#: How often a process sends what it counted.
EVERY_SECONDS = 10.0
#: Nobody waits for a count.
_PATIENCE_SECONDS = 0.2
_COUNTS = "browse:shown"
_TAKEN = "browse:shown:taken"
_MARK = "products_shown"

Seen = tuple[date, int]


def mark_shown(response: HttpResponse, product_ids: Iterable[int]) -> None:
    """Say which products stand on a page, so that they are counted whenever it is sent, from the page cache, too."""
    setattr(response, _MARK, tuple(product_ids))


def shown_on(response: HttpResponse) -> Sequence[int]:
    """Return which products stand on a page."""
    found: Sequence[int] = getattr(response, _MARK, ())
    return found


class Tally:
    """Counts of one process that are not in Redis yet; threads may share it."""

    def __init__(self) -> None:
        self._counts: Counter[Seen] = Counter()
        self._lock = Lock()
        self._sent_at = float("-inf")

    def add(self, product_ids: Sequence[int]) -> None:
        """Count a page's products for today (Shanghai), and send all counts once that is due."""
        if not product_ids:
            return
        today, now = timezone.localdate(), time.monotonic()
        with self._lock:
            self._counts.update((today, pk) for pk in product_ids)
            if now - self._sent_at < EVERY_SECONDS:
                return
            self._sent_at = now
            counts, self._counts = self._counts, Counter()
        _send(counts)


tally = Tally()


def _send(counts: Counter[Seen]) -> None:
    try:
        pipeline = _store().pipeline(transaction=False)
        for (day, pk), times in counts.items():
            pipeline.hincrby(_COUNTS, f"{day.isoformat()}:{pk}", times)
        pipeline.execute()
    except redis.RedisError:  # a page is worth more than its counts
        logger.warning("counts of what listings showed were lost")


def take_shown() -> dict[Seen, int]:
    """Set the counts aside and return them; the same again until `forget_taken`."""
    store = _store()
    if store.exists(_COUNTS):
        store.renamenx(_COUNTS, _TAKEN)
    rows: Any = store.hgetall(_TAKEN)
    return {_seen(field.decode()): int(times) for field, times in rows.items()}


def forget_taken() -> None:
    """Drop what was set aside: it is written."""
    _store().delete(_TAKEN)


def _seen(field: str) -> Seen:
    day, _, pk = field.partition(":")
    return date.fromisoformat(day), int(pk)


@cache
def _store() -> redis.Redis:
    return redis.Redis.from_url(
        str(settings.CACHES["default"]["LOCATION"]),
        socket_timeout=_PATIENCE_SECONDS,
        socket_connect_timeout=_PATIENCE_SECONDS,
    )
