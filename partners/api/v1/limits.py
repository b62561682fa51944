"""How often a key may call: so many times in each minute, said in every answer."""

import time
from dataclasses import dataclass

from django.core.cache import cache

PER_MINUTE = 300
WINDOW = 60


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of this minute."""

    remaining: int
    resets_in: int
    is_over: bool

    @property
    def headers(self) -> dict[str, str]:
        """As the draft standard for rate limits names them."""
        named = {
            "RateLimit-Limit": str(PER_MINUTE),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.resets_in),
        }
        return named | ({"Retry-After": str(self.resets_in)} if self.is_over else {})


def count_call(who: str, *, now: float | None = None) -> Allowance:
    """Count one call and say what is left; the counter lies in the cache and begins again when it was emptied."""
    now = time.time() if now is None else now
    minute = int(now // WINDOW)
    counter = f"api-calls:{who}:{minute}"
    cache.add(counter, 0, 2 * WINDOW)
    try:
        made = cache.incr(counter)
    except ValueError:  # forgotten between the two lines
        made = 1
    resets_in = max(1, int((minute + 1) * WINDOW - now))
    return Allowance(max(0, PER_MINUTE - made), resets_in, made > PER_MINUTE)
