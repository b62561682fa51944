"""What browse pages share between people: counts, id lists and card fragments in Redis, never a person's own page.

Every entry carries the catalogue's version under which it was made. Version and entries are read in one round trip;
an entry of an older version counts as absent. Free times are not part of the version: they are read from the rows
each time, and orders or counts that depend on them may be `SHORT` seconds old.
"""

import time
from collections.abc import Iterable
from typing import Any

from django.core.cache import cache

#: Seconds that counts and orders may lag behind bookings.
SHORT = 60
#: Seconds for what changes with the version only.
LONG = 3600
VERSION_KEY = "browse:version"


class Shelf:
    """Entries of the present version, read together."""

    def __init__(self, *keys: str) -> None:
        found = cache.get_many([VERSION_KEY, *keys])
        self.version: int = found.pop(VERSION_KEY, 0) or _first_version()
        self._entries = {key: value for key, (version, value) in found.items() if version == self.version}

    def get(self, key: str) -> Any:
        """Return an entry that was asked for, or None."""
        return self._entries.get(key)

    def put(self, key: str, value: Any, seconds: int = SHORT) -> Any:
        """Keep an entry under the version that was read before it was made, and return it."""
        cache.set(key, (self.version, value), seconds)
        return value


def renew_version() -> None:
    """Let every entry made so far count as absent: the catalogue has changed."""
    cache.set(VERSION_KEY, time.time_ns(), None)


def _first_version() -> int:
    version = time.time_ns()
    return version if cache.add(VERSION_KEY, version, None) else cache.get(VERSION_KEY, version)


def fragments(keys: Iterable[str]) -> dict[str, Any]:
    """Return kept fragments; their keys change with what they show, so they need no version."""
    return cache.get_many(list(keys))


def keep_fragments(made: dict[str, Any]) -> None:
    """Keep fragments for a day."""
    if made:
        cache.set_many(made, 24 * LONG)
