"""The rule by which related texts are a surge: many more writers than is usual for these hours. Pure.

Counted are *sights*: that a writer spoke of a theme, once in the window whatever they wrote. Usual is what the same
hours of the last four weeks had, or all hours of them, whichever is more, so that an evening is measured by evenings.
A count is a surge when it would come up by chance less than once in ten thousand looks, and when at least so many
writers in so many threads spoke: one thread in which people comfort somebody is no surge.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp, lgamma, log

#: The hours looked at together.
WINDOW = timedelta(hours=6)
#: What is usual is taken from so many days before them.
DAYS = 28
#: How rarely chance alone may be taken for a surge, per look.
CHANCE = 1e-4
FEWEST_WRITERS = 5
FEWEST_THREADS = 3
#: Within fewer threads, so many times the threshold is needed.
FEW_THREADS_NEED = 2
#: What we suppose before anything was seen: half a text in a window, believed as much as four windows.
_SUPPOSED, _BELIEVED = 0.5, 4.0


@dataclass(frozen=True, slots=True)
class Seen:
    """One sight: when, and in which thread (None in a drill)."""

    at: datetime
    thread: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rule found: writers in the window, what is usual, from how many on it is a surge."""

    seen: int
    threads: int
    usual: float
    threshold: int
    first_at: datetime | None

    @property
    def is_surge(self) -> bool:
        """Whether a hold should begin."""
        if self.threads >= FEWEST_THREADS:
            return self.seen >= self.threshold
        return self.seen >= self.threshold * FEW_THREADS_NEED


def read(sights: Sequence[Seen], *, now: datetime, since: datetime | None = None) -> Reading:
    """Look at the last hours up to `now`. `since`: when counting began, so that a young community is not read as quiet."""
    begin = now - WINDOW
    window = [sight for sight in sights if begin < sight.at <= now]
    usual = usual_count([sight.at for sight in sights if sight.at <= begin], now=now, since=since)
    return Reading(
        seen=len(window),
        threads=_threads(window),
        usual=usual,
        threshold=threshold_for(usual),
        first_at=min((sight.at for sight in window), default=None),
    )


def usual_count(before: Collection[datetime], *, now: datetime, since: datetime | None = None) -> float:
    """Return how many writers a window like this one usually has; never nothing, as little is known at first."""
    days = DAYS if since is None else max(0, min(DAYS, (now - WINDOW - since).days))
    start = now - WINDOW - timedelta(days=days)
    counted = [at for at in before if at > start]
    windows_a_day = timedelta(days=1) / WINDOW
    same_hours = [at for at in counted if (now - at) % timedelta(days=1) < WINDOW]
    return max(_mean(len(counted), days * windows_a_day), _mean(len(same_hours), days))


def threshold_for(usual: float) -> int:
    """Return the smallest count that chance would reach less than once in ten thousand looks, and FEWEST_WRITERS at least."""
    count = FEWEST_WRITERS
    while chance_of(count, usual) > CHANCE:
        count += 1
    return count


def chance_of(count: int, mean: float) -> float:
    """Return the chance of `count` or more where `mean` is usual (Poisson)."""
    if count <= 0:
        return 1.0
    below = sum(exp(k * log(mean) - mean - lgamma(k + 1)) for k in range(count))
    return max(0.0, 1.0 - below)


def _mean(count: int, windows: float) -> float:
    return (_SUPPOSED * _BELIEVED + count) / (_BELIEVED + windows)


def _threads(window: Sequence[Seen]) -> int:
    """Distinct threads; a sight without one (of a drill) counts as one of its own."""
    threads = {sight.thread for sight in window if sight.thread is not None}
    return len(threads) + sum(1 for sight in window if sight.thread is None)
