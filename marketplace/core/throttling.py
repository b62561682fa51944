"""Attempts slowed down, not forbidden: after a few free ones each further attempt waits twice as long as the one before.

For whatever can be guessed (passwords, codes) or flooded (public forms). Crisis help and signing out never pass here.
State lies in the cache: when Redis was emptied the counting begins again.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from .errors import Refusal


@dataclass(frozen=True)
class Pace:
    """How fast something may be tried by one key.

    `free` attempts go unhindered; after them one waits `first_wait`, then twice, four times ... as long, at most
    `longest_wait`.
    All is forgotten `forgotten_after` the last attempt that was let through.
    """

    name: str
    free: int
    first_wait: timedelta
    longest_wait: timedelta
    forgotten_after: timedelta


@dataclass(frozen=True)
class Attempt:
    """Something tried at a pace, by a key: an account, an address, a device."""

    pace: Pace
    key: str

    @property
    def _count_key(self) -> str:
        return f"pace:{self.pace.name}:{_digest(self.key)}"

    @property
    def _wait_key(self) -> str:
        return f"{self._count_key}:wait"

    def must_wait(self) -> bool:
        """Return whether an attempt would be refused now; counts nothing."""
        return cache.get(self._wait_key) is not None

    def begin(self) -> bool:
        """Count an attempt before it is made, and return whether it may be made.

        Of attempts at the same moment past the free ones one goes through: each begins the wait for the next.
        """
        if self.must_wait():
            return False
        cache.add(self._count_key, 0, self._forgotten_after)
        try:
            number = cache.incr(self._count_key)
        except ValueError:  # forgotten between the two lines
            return True
        if number >= self.pace.free and not cache.add(self._wait_key, 1, self._wait(number)):
            self.take_back()
            return False
        cache.touch(self._count_key, self._forgotten_after)
        return True

    def take_back(self) -> None:
        """Uncount an attempt that was none: it succeeded, or another pace refused it."""
        try:
            if cache.decr(self._count_key) < 0:
                cache.delete(self._count_key)
        except ValueError:
            return

    def forget(self) -> None:
        """Begin counting again: whoever tried has proven to be the right one."""
        cache.delete_many([self._count_key, self._wait_key])

    @property
    def _forgotten_after(self) -> float:
        return self.pace.forgotten_after.total_seconds()

    def _wait(self, number: int) -> float:
        doublings = min(number - self.pace.free, 20)
        wait = self.pace.first_wait * 2**doublings
        return min(wait, self.pace.longest_wait).total_seconds()


class TooFast(Refusal):
    """Something was tried too often; later it may be tried again."""

    sentence = _("太快了，歇一会儿再试。")


def begin_all(attempts: Iterable[Attempt]) -> bool:
    """Begin all of several attempts or none; return whether all may be made."""
    begun: list[Attempt] = []
    for attempt in attempts:
        if not attempt.begin():
            for other in begun:
                other.take_back()
            return False
        begun.append(attempt)
    return True


def _digest(key: str) -> str:
    """Keys are numbers and addresses of people; the cache need not know them."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]
