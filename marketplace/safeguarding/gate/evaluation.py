"""How well the gate does on sentences: recall of dangers and false alarms, by kind, disguise and age, with their intervals."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import sqrt

from marketplace.safeguarding.enums import Kind, Level

from .corpora import Sentence
from .grading import Grade, grade

#: For an interval that holds in 95 of 100 cases.
_Z = 1.96


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with Wilson's interval (E. B. Wilson, JASA 22, 1927)."""

    hits: int
    total: int

    @property
    def value(self) -> float:
        """The share itself; 0 where there is nothing."""
        return self.hits / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper end."""
        if not self.total:
            return 0.0, 1.0
        middle = (self.value + _Z**2 / (2 * self.total)) / (1 + _Z**2 / self.total)
        spread = self.value * (1 - self.value) / self.total + _Z**2 / (4 * self.total**2)
        half = _Z * sqrt(spread) / (1 + _Z**2 / self.total)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.value:6.1%}  ({low:.1%} to {high:.1%} of {self.total})"


@dataclass(frozen=True, slots=True)
class Looked:
    """A sentence and what the gate made of it."""

    sentence: Sentence
    grade: Grade


@dataclass(frozen=True, slots=True)
class Findings:
    """Sentences that tell of a danger, and those that do not, each with its grade."""

    dangers: tuple[Looked, ...]
    harmless: tuple[Looked, ...]

    @property
    def recall(self) -> Share:
        """Dangers that a person is asked to look at."""
        return _found(self.dangers)

    @property
    def recall_with_card(self) -> Share:
        """Dangers whose writer is at least shown the numbers to call."""
        return Share(sum(each.grade.is_danger or each.grade.is_near for each in self.dangers), len(self.dangers))

    @property
    def urgent_as_urgent(self) -> Share:
        """Urgent dangers that are called urgent, and not only a danger."""
        urgent = [each for each in self.dangers if each.sentence.level == Level.URGENT]
        return Share(sum(each.grade.level == Level.URGENT for each in urgent), len(urgent))

    @property
    def kind_right(self) -> Share:
        """Dangers found whose kind is right, too."""
        found = [each for each in self.dangers if each.grade.is_danger]
        return Share(sum(_same_kind(each) for each in found), len(found))

    @property
    def alarms(self) -> Share:
        """Everything without danger that a person would be asked to look at."""
        return _found(self.harmless)

    def alarms_of(self, kind: Kind) -> Share:
        """The same for one kind."""
        return _found(each for each in self.harmless if each.sentence.kind == kind)

    def recall_by(self, column: str) -> dict[str, Share]:
        """Recall for each value of a column of the corpus: kind, disguise, age, who, source, level."""
        return _by(self.dangers, column)

    def alarms_by(self, column: str) -> dict[str, Share]:
        """False alarms for each value of a column of the corpus."""
        return _by(self.harmless, column)


def evaluate(sentences: Iterable[Sentence], judge: Callable[[str], Grade] = grade) -> Findings:
    """Grade every sentence."""
    looked = [Looked(sentence, judge(sentence.text)) for sentence in sentences]
    return Findings(
        dangers=tuple(each for each in looked if each.sentence.is_danger),
        harmless=tuple(each for each in looked if not each.sentence.is_danger),
    )


def _same_kind(each: Looked) -> bool:
    """Being hurt by others and by those in charge are one duty's work: either answer will do."""
    hurt = {Kind.HARM_BY_OTHERS, Kind.ABUSE}
    return each.grade.kind == each.sentence.kind or {each.grade.kind, each.sentence.kind} <= hurt


def _found(looked: Iterable[Looked]) -> Share:
    counted = Counter(each.grade.is_danger for each in looked)
    return Share(counted[True], counted.total())


def _by(looked: Iterable[Looked], column: str) -> dict[str, Share]:
    parts: dict[str, list[Looked]] = {}
    for each in looked:
        parts.setdefault(str(getattr(each.sentence, column)), []).append(each)
    return {name: _found(part) for name, part in sorted(parts.items())}
