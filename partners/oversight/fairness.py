"""How fairly listings show services, in figures that anybody can compute again. Pure: no database.

`deploy/verify_fairness.py` repeats these few lines with the standard library alone and must not drift from them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from catalog.browse.turns import turn_of
from catalog.capacity.figures import gini

#: A service counts as new for so many days, and the new ones together are to be seen in at least so many of a hundred
#: showings as there are of them, times this.
NEW_DAYS = 30
FLOOR = 0.8


@dataclass(frozen=True)
class Seen:
    """A service on sale: how often listings showed it in the week, and its free hours in it (at least one)."""

    product_id: int
    partner: str
    is_new: bool
    times: int
    free_hours: float


@dataclass(frozen=True)
class Fairness:
    """The week's figures; None where nothing was shown."""

    gini: float | None
    gini_by_merit: float | None
    new_share: float | None
    new_part: float | None

    @property
    def floor_holds(self) -> bool:
        """Whether new services were seen as they should be; nothing to hold where there is none."""
        return not self.new_part or self.new_share is None or self.new_share >= FLOOR * self.new_part


def fairness_of(services: Sequence[Seen]) -> Fairness:
    """Return how unequally showings were shared out, as such and by merit, and what new services had of them.

    By merit: showings for each free hour. Who has more time to give may be seen more often.
    """
    shown = sum(each.times for each in services)
    new = [each for each in services if each.is_new]
    return Fairness(
        gini=_rounded(gini(each.times for each in services)),
        gini_by_merit=_rounded(gini(each.times / max(each.free_hours, 1.0) for each in services)),
        new_share=_rounded(sum(each.times for each in new) / shown) if shown else None,
        new_part=_rounded(len(new) / len(services)) if services else None,
    )


def turns_of(day: date, product_ids: Iterable[int]) -> list[int]:
    """Return these products in the order in which equals stand on that day."""
    return sorted(product_ids, key=lambda pk: (turn_of(day, pk), -pk))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
