"""What two scores say about each other, and when a provider is told that it does not go well. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from .enums import Better, ChangeKind
from .instruments import Instrument


@dataclass(frozen=True)
class Change:
    """The difference from a first score to a later one."""

    points: int
    kind: ChangeKind

    @property
    def size(self) -> int:
        return abs(self.points)


def change_between(instrument: Instrument, first: int, later: int) -> Change:
    """Return what became of a score. Reliable is only what exceeds the error of measurement (Jacobson & Truax, 1991)."""
    points = later - first
    if instrument.reliability is None:
        return Change(points, ChangeKind.UNKNOWN)
    if abs(points) < instrument.reliability.reliable_change:
        return Change(points, ChangeKind.WITHIN)
    is_better = (points < 0) == (instrument.better == Better.LESS)
    return Change(points, ChangeKind.BETTER if is_better else ChangeKind.WORSE)


def is_off_track(instrument: Instrument, scores: Sequence[int]) -> bool:
    """Whether the newest score is reliably worse than the first one: "not on track", told to the provider alone.

    Deliberately the plainest rule there is, because expected courses need norms that nobody published for these ages.
    NHS Talking Therapies calls the same thing reliable deterioration; that telling the provider helps those who do not
    get on is the finding of Lambert, Whipple & Kleinstäuber (2018, Psychotherapy 55(4), 520-537). Without a published
    reliability (our own scales) nothing is ever called off track.
    """
    return len(scores) > 1 and change_between(instrument, scores[0], scores[-1]).kind == ChangeKind.WORSE
