"""What an instrument is made of: declared in code, so that a version, a licence and a source stand beside the questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor, sqrt

from django.utils.functional import Promise

from ..enums import Better

#: Two-sided 95 %.
Z = 1.96


@dataclass(frozen=True)
class Reliability:
    """How exactly a scale measures, from a publication named in `source`.

    `spread` is the standard deviation of scores and `value` the reliability in the same sample.
    """

    spread: float
    value: float
    source: Promise

    @property
    def error_of_difference(self) -> float:
        """How far two scores of somebody unchanged lie apart at most in 95 of 100 cases.

        1.96 x S_diff with S_diff = sqrt(2 x SE^2) and SE = s x sqrt(1 - r): Jacobson, N. S., & Truax, P. (1991). Clinical
        significance: a statistical approach to defining meaningful change in psychotherapy research. Journal of
        Consulting and Clinical Psychology, 59(1), 12-19.
        """
        return Z * sqrt(2 * (self.spread * sqrt(1 - self.value)) ** 2)

    @property
    def reliable_change(self) -> int:
        """The least whole number of points that is more than error."""
        return floor(self.error_of_difference) + 1


@dataclass(frozen=True)
class Choice:
    """One answer and its points; `face` names a drawing in the page's sprite."""

    points: int
    label: str | Promise
    face: str = ""


@dataclass(frozen=True)
class Item:
    """One question."""

    key: str
    text: str | Promise


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """A short measure. `title` is what a young person reads, `name` what a provider knows it as.

    Every item is answered with one of `choices`; the score is their sum. `age_from` and `age_to` are both included.
    `reliability` is None where nothing was published: then no change is called reliable.
    """

    key: str
    name: str | Promise
    title: str | Promise
    ask: str | Promise
    items: tuple[Item, ...]
    choices: tuple[Choice, ...]
    age_from: int
    age_to: int
    better: Better
    licence: Promise
    source: Promise
    reliability: Reliability | None = None
    needs_goal: bool = False

    @property
    def lowest(self) -> int:
        return len(self.items) * min(choice.points for choice in self.choices)

    @property
    def highest(self) -> int:
        return len(self.items) * max(choice.points for choice in self.choices)

    def fits(self, age: int) -> bool:
        """Whether somebody of this age in full years may be asked."""
        return self.age_from <= age <= self.age_to

    def score(self, answers: Mapping[str, int]) -> int:
        """Return the sum of the answers. Raises ValueError for a missing, unknown or impossible answer."""
        allowed = {choice.points for choice in self.choices}
        if answers.keys() != {item.key for item in self.items} or not set(answers.values()) <= allowed:
            raise ValueError(self.key)
        return sum(answers.values())
