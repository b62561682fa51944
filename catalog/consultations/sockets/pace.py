"""How fast one connection may send: a bucket that fills again."""

import time


class Bucket:
    """So many at once, then so many a second."""

    def __init__(self, at_once: float, per_second: float) -> None:
        self.at_once, self.per_second = at_once, per_second
        self._left, self._at = at_once, time.monotonic()

    def take(self) -> bool:
        """Take one, and return whether there was one."""
        now = time.monotonic()
        self._left = min(self.at_once, self._left + (now - self._at) * self.per_second)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
