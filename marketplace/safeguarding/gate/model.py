"""The statistical half of the gate: two linear stages over hashed features, served with numpy alone.

First stage: one weight a feature for danger (a logistic and a Bayesian one together), and weights for the kind of
trouble and for urgency. Second stage: a logistic weight over a dozen dense facts, the first stage's answer among them,
which keeps alarms low on idioms, lyrics, denials and comfort. All are made by `training`; docs/models/gate.md is the card.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from math import exp, log
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from marketplace.safeguarding.enums import Kind, Level

from .features import WEIGHTS
from .phrases import Reading

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

#: Weights of kinds and of urgency share so many columns: the lower bits of a feature's number.
KIND_COLUMNS = 1 << 17
TRAINED = Path(__file__).parent / "trained"
KINDS: tuple[Kind, ...] = tuple(Kind)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the model makes of a text; every figure is a probability."""

    kinds: dict[Kind, float]
    danger: float
    urgent: float


FACTS = (
    "danger", "phrase", "urgent phrase", "denied", "over", "work", "quoted", "comfort", "somebody else", "disguised",
    "length", "danger in comfort", "danger long ago", "danger in a work",
)  # fmt: skip


def dense_facts(reading: Reading, danger: float) -> list[float]:
    """Return the second stage's inputs, in the order of FACTS; `danger` is the first stage's sum."""
    context = reading.context
    return [
        danger,
        float(reading.level >= Level.CONCERN),
        float(reading.level >= Level.URGENT),
        float(bool(reading.held) and not reading.meant),
        float(context.over),
        float(context.quoted_work),
        float(context.quoted),
        float(context.supporting),
        float(context.of_somebody_else),
        float(reading.folded.disguised),
        log(1 + len(reading.folded.compact)),
        danger * context.supporting,
        danger * context.over,
        danger * context.quoted_work,
    ]


def row_of(names: Collection[str]) -> "tuple[Array, Array]":
    """Return the numbers of a text's features, in their order, and how much each counts before rarity is known."""
    import numpy as np

    columns = np.array([crc32(name.encode()) for name in names], dtype=np.int64)
    counts = np.array([WEIGHTS.get(name[0], 1.0) for name in names])
    order = np.lexsort((counts, columns))
    return columns[order], counts[order]


def scaled(counts: "Array") -> "Array":
    """Return counts as a vector of length one; nothing known stays nothing."""
    return counts / (float((counts @ counts) ** 0.5) or 1.0)


class Model:
    """Weights in memory, some ten megabytes; a feature is found by its number among the known ones, which are in order."""

    def __init__(self, folder: Path = TRAINED) -> None:
        import numpy as np

        with np.load(folder / "gate.npz") as stored:
            self._columns = stored["columns"].astype("int64")
            self._danger = stored["danger"].astype("float32")
            self._rarity = stored["rarity"].astype("float32")
            self._kinds = stored["kinds"].astype("float32") * stored["kind_step"]
            self._bias = stored["bias"].astype("float64")
            self._second = stored["second"].astype("float64")
        self.card: dict[str, Any] = json.loads((folder / "gate.json").read_text())

    def opinion(self, reading: Reading, names: Collection[str]) -> Opinion:
        """Return what both stages make of a text."""
        columns, counts = row_of(names)
        at = self._columns.searchsorted(columns).clip(max=len(self._columns) - 1)
        counts = scaled(counts * self._rarity[at] * (self._columns[at] == columns))
        danger = float(self._danger[at] @ counts) + float(self._bias[0])
        sums = (counts @ self._kinds[columns % KIND_COLUMNS] + self._bias[1:]).tolist()
        facts = dense_facts(reading, danger)
        second = float(self._second[-1]) + sum(w * x for w, x in zip(self._second, facts, strict=False))
        return Opinion(kinds=softmax(sums[: len(KINDS)]), danger=sigmoid(second), urgent=sigmoid(sums[-1]))


def softmax(values: Sequence[float]) -> dict[Kind, float]:
    """Return the probabilities of KINDS for their sums."""
    top = max(values)
    parts = [exp(value - top) for value in values]
    return {kind: part / sum(parts) for kind, part in zip(KINDS, parts, strict=True)}


def sigmoid(value: float) -> float:
    """Return the logistic function."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, value))))


@cache
def the_model() -> Model:
    """Return the model in service, read once a process."""
    return Model()


@cache
def version() -> str:
    """Return which model is in service, by its bytes."""
    return sha256((TRAINED / "gate.npz").read_bytes()).hexdigest()[:12]
