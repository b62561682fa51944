"""A slot is one test process's own database and Redis databases on the shared test servers.

Slots and the lease are file locks, which the kernel frees when a process dies: nothing is left to tidy after a kill.
"""

import fcntl
import os
from typing import TextIO

from marketplace.core.embedded import postgres, redis
from marketplace.core.embedded.locations import TEST_SLOTS, Place

PLACE = Place("test")

_held: dict[str, TextIO] = {}


def _lock(name: str, mode: int) -> bool:
    """Hold (or change) a lock of this process; False when others have it and `mode` says not to wait."""
    path = PLACE.home / "locks" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = _held.get(name) or path.open("w")
    try:
        fcntl.flock(handle, mode)
    except BlockingIOError:
        return False
    _held[name] = handle
    return True


def claim() -> int:
    """Take a free slot, tell it to settings and to every process started from here, and return its number."""
    for slot in range(1, TEST_SLOTS):
        if _lock(f"slot-{slot}", fcntl.LOCK_EX | fcntl.LOCK_NB):
            os.environ["XINQIAO_TEST_SLOT"] = str(slot)
            return slot
    raise RuntimeError(f"all {TEST_SLOTS} test slots of this checkout are in use")


def start_servers() -> None:
    """Start the test servers, or join those that another test process started."""
    _lock("lease", fcntl.LOCK_SH)
    postgres.start(PLACE)
    redis.start(PLACE)


def leave_servers() -> None:
    """Stop the servers when nobody else in this checkout is testing."""
    if "lease" in _held and _lock("lease", fcntl.LOCK_EX | fcntl.LOCK_NB):
        postgres.stop(PLACE)
        redis.stop(PLACE)
    for name in list(_held):
        _held.pop(name).close()
