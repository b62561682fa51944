"""Sentences with what they tell of: read, checked, and kept apart (no test sentence may nearly repeat a training one)."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from marketplace.safeguarding.enums import DANGERS, Kind, Level

from .normalising import fold

TRAINING = Path(__file__).parent / "corpus"
COLUMNS = ("kind", "level", "who", "disguise", "age", "source", "text")
#: From this share of common runs on, one sentence nearly repeats another.
TOO_ALIKE = 0.6
_RUN = 5


class UnreadableCorpus(Exception):
    """A line of a corpus that says something impossible; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of a corpus. See the header of any corpus file for the columns."""

    kind: Kind
    level: Level
    who: str
    disguise: str
    age: str
    source: str
    text: str

    @property
    def is_danger(self) -> bool:
        """Whether a person should look at it."""
        return self.level >= Level.CONCERN


def sentences(folder: Path = TRAINING) -> list[Sentence]:
    """Return every sentence of a folder and those inside it, in the order of files' names, repeats left out."""
    seen: dict[str, Sentence] = {}
    for path in sorted(folder.rglob("*.tsv")):
        for sentence in _read(path):
            seen.setdefault(sentence.text, sentence)
    return list(seen.values())


def _read(path: Path) -> Iterator[Sentence]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        for number, row in enumerate(rows, start=1):
            if number == 1 or not row:
                continue
            yield _sentence(row, f"{path.name}:{number}")


def _sentence(row: list[str], where: str) -> Sentence:
    if len(row) != len(COLUMNS):
        raise UnreadableCorpus(f"{where}: {len(row)} columns instead of {len(COLUMNS)}")
    try:
        kind, level = Kind(row[0]), Level(int(row[1]))
    except ValueError as trouble:
        raise UnreadableCorpus(f"{where}: {trouble}") from trouble
    fits = (
        level >= Level.CONCERN
        if kind in DANGERS
        else level == (Level.DISTRESS if kind == Kind.DISTRESS else Level.NONE)
    )
    if not fits:
        raise UnreadableCorpus(f"{where}: {kind} cannot have level {level}")
    return Sentence(kind, level, row[2], row[3], row[4], row[5], row[6].replace(" / ", "\n"))


def runs_of(text: str) -> frozenset[str]:
    """Return a sentence's runs of five characters as it is meant; a short one is its own run."""
    compact = fold(text).compact
    return frozenset(compact[start : start + _RUN] for start in range(max(1, len(compact) - _RUN + 1)))


def near_repeats(tested: Iterable[Sentence], trained: Iterable[Sentence]) -> list[tuple[str, str]]:
    """Return the pairs (tested, trained) of sentences that share TOO_ALIKE of their runs (Jaccard)."""
    known = [(sentence.text, runs_of(sentence.text)) for sentence in trained]
    holders: dict[str, list[int]] = defaultdict(list)
    for at, (_, runs) in enumerate(known):
        for run in runs:
            holders[run].append(at)
    pairs = []
    for sentence in tested:
        runs = runs_of(sentence.text)
        for at in {at for run in runs for at in holders.get(run, ())}:
            text, theirs = known[at]
            if len(runs & theirs) / len(runs | theirs) >= TOO_ALIKE:
                pairs.append((sentence.text, text))
    return pairs
