"""Making the gate's model from our own sentences: reproducible, with its thresholds chosen on sentences it has not seen.

Five folds give every sentence an opinion of a model that was not shown it. On these the second stage is trained and
the thresholds chosen: the danger threshold is the lowest at which at most FALSE_ALARMS of the everyday sentences are
called one. Then the first stage is made again from all sentences. The test set is not read here.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.naive_bayes import ComplementNB
from sklearn.preprocessing import normalize

from marketplace.safeguarding.enums import Kind, Level

from .corpora import Sentence
from .features import feature_names
from .model import FACTS, KIND_COLUMNS, KINDS, dense_facts, row_of
from .normalising import fold
from .phrases import Reading, read

#: The share of everyday sentences that may be called a danger, among those not seen.
FALSE_ALARMS = 0.05
#: The share of them whose writers may be shown the numbers to call without anybody being asked to look.
GENTLE_CARDS = 0.12
FOLDS = 5
_LOGISTIC = 30.0
_BAYES = 0.05
_KIND = 10.0
#: Kinds' weights are stored in this many steps each way.
_STEPS = 127

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Sentences, their readings, and how much each feature counts: (sentences, columns). columns: the features' numbers."""

    sentences: list[Sentence]
    readings: list[Reading]
    features: csr_matrix
    columns: Array


def prepare(sentences: list[Sentence]) -> Prepared:
    """Read every sentence once."""
    readings, columns, counts, starts = [], [], [], [0]
    for sentence in sentences:
        reading = read(fold(sentence.text))
        readings.append(reading)
        at, count = row_of(feature_names(reading.folded, reading.context, reading.signs))
        columns.append(at)
        counts.append(count)
        starts.append(starts[-1] + len(at))
    used, places = np.unique(np.concatenate(columns), return_inverse=True)
    features = csr_matrix((np.concatenate(counts), places, starts), shape=(len(sentences), len(used)))
    return Prepared(sentences, readings, features, used)


def rarity_of(counts: csr_matrix) -> Array:
    """Return for each column how rare it is (inverse frequency).

    0 where it was never seen, or only once and counts little: a pair of ideas met once says nothing.
    """
    held_by = np.bincount(counts.indices, minlength=counts.shape[1])
    heavy = np.zeros(counts.shape[1], dtype=bool)
    heavy[counts.indices[counts.data >= 1.0]] = True
    rarity = np.log((1 + counts.shape[0]) / (1 + held_by)) + 1
    return np.where((held_by > 1) | ((held_by == 1) & heavy), rarity, 0.0)


def weighed(counts: csr_matrix, rarity: Array) -> csr_matrix:
    """Return rows of length one, rare features counting more."""
    return normalize((counts @ diags(rarity)).tocsr())


def danger_weights(features: csr_matrix, danger: Array, seed: int) -> tuple[Array, float]:
    """Return one weight a column and the bias: a logistic and a Bayesian opinion in equal parts.

    Each is scaled by its spread over the sentences it was fitted on.
    """
    logistic = LogisticRegression(C=_LOGISTIC, solver="liblinear", max_iter=300, random_state=seed)
    logistic.fit(features, danger)
    bayes = ComplementNB(alpha=_BAYES).fit(features, danger)
    parts = []
    for weights in (logistic.coef_[0], bayes.feature_log_prob_[1] - bayes.feature_log_prob_[0]):
        sums = features @ weights
        parts.append((weights / sums.std(), -sums.mean() / sums.std()))
    return sum(weights for weights, _ in parts), float(sum(bias for _, bias in parts))


def kind_weights(features: csr_matrix, columns: Array, sentences: list[Sentence], seed: int) -> tuple[Array, Array]:
    """Return weights (KIND_COLUMNS, kinds and urgency) and biases: each against the rest."""
    shared = columns[features.indices] % KIND_COLUMNS
    folded = csr_matrix((features.data, shared, features.indptr), (len(sentences), KIND_COLUMNS))
    kinds = np.array([KINDS.index(sentence.kind) for sentence in sentences])
    urgent = np.array([sentence.level == Level.URGENT for sentence in sentences])
    weights, biases = [], []
    for truth in (*(kinds == at for at in range(len(KINDS))), urgent):
        model = LogisticRegression(C=_KIND, solver="liblinear", random_state=seed).fit(folded, truth)
        weights.append(model.coef_[0])
        biases.append(model.intercept_[0])
    return np.array(weights).T, np.array(biases)


@dataclass(frozen=True, slots=True)
class Trained:
    """All that is stored, and what was found on sentences not seen."""

    rarity: Array
    danger: Array
    kinds: Array
    bias: Array
    second: Array
    thresholds: dict[str, float]
    found: dict[str, float]


def train(prepared: Prepared, *, seed: int = 1) -> Trained:
    """Fit both stages and choose the thresholds. Raises ValueError where a kind has too few sentences to fold."""
    sentences, features = prepared.sentences, prepared.features
    danger = np.array([sentence.is_danger for sentence in sentences])
    urgent = np.array([sentence.level == Level.URGENT for sentence in sentences])
    everyday = np.array([sentence.kind == Kind.EVERYDAY for sentence in sentences])
    first, hurry = _unseen(prepared, danger, urgent, seed)
    facts = np.array([dense_facts(*row) for row in zip(prepared.readings, first, strict=True)])
    second = LogisticRegression(C=1.0, max_iter=2000, random_state=seed).fit(facts, danger)
    score = second.predict_proba(facts)[:, 1]
    thresholds = {
        "danger": _threshold(score[everyday], FALSE_ALARMS),
        "gentle": _threshold(score[everyday], GENTLE_CARDS),
        "urgent": _best_cut(hurry[danger], urgent[danger]),
    }
    found = {
        "recall": float((score[danger] >= thresholds["danger"]).mean()),
        "false_alarms_everyday": float((score[everyday] >= thresholds["danger"]).mean()),
        "false_alarms_distress": float((score[~danger & ~everyday] >= thresholds["danger"]).mean()),
        "recall_gentle": float((score[danger] >= thresholds["gentle"]).mean()),
    }
    rarity = rarity_of(features)
    whole = weighed(features, rarity)
    weights, bias = danger_weights(whole, danger, seed)
    kinds, biases = kind_weights(whole, prepared.columns, sentences, seed)
    stage = np.concatenate([second.coef_[0], second.intercept_])
    return Trained(rarity, weights * (rarity > 0), kinds, np.array([bias, *biases]), stage, thresholds, found)


def _unseen(prepared: Prepared, danger: Array, urgent: Array, seed: int) -> tuple[Array, Array]:
    """Return for every sentence the first stage's sum and the urgency of a model that was not shown it."""
    first, hurry = np.zeros(len(danger)), np.zeros(len(danger))
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    for known, unseen in folds.split(prepared.features, [sentence.kind for sentence in prepared.sentences]):
        taught, asked = _taught_and_asked(prepared.features, known, unseen)
        weights, bias = danger_weights(taught, danger[known], seed)
        first[unseen] = asked @ weights + bias
        hasty = LogisticRegression(C=_KIND, solver="liblinear", random_state=seed).fit(taught, urgent[known])
        hurry[unseen] = hasty.predict_proba(asked)[:, 1]
    return first, hurry


def _taught_and_asked(features: csr_matrix, known: Array, unseen: Array) -> tuple[csr_matrix, csr_matrix]:
    rarity = rarity_of(features[known])
    return weighed(features[known], rarity), weighed(features[unseen], rarity)


def _threshold(harmless: Array, share: float) -> float:
    """Return the lowest score at which at most this share of the harmless are called a danger."""
    return round(float(np.quantile(harmless, 1 - share)), 4)


def _best_cut(score: Array, truth: Array) -> float:
    """Return the score that parts urgent dangers from others best (largest sum of both shares found)."""
    cuts = np.quantile(score, np.linspace(0.02, 0.98, 97))
    return round(float(max(cuts, key=lambda cut: (score[truth] >= cut).mean() + (score[~truth] < cut).mean())), 4)


def store(trained: Trained, prepared: Prepared, folder: Path, *, seed: int) -> dict[str, Any]:
    """Write gate.npz and its card gate.json; returns the card."""
    step = np.abs(trained.kinds).max(axis=0) / _STEPS
    telling = np.flatnonzero(trained.rarity)
    np.savez_compressed(
        folder / "gate.npz",
        columns=prepared.columns[telling].astype("uint32"),
        rarity=trained.rarity[telling].astype("float16"),
        danger=trained.danger[telling].astype("float16"),
        kinds=np.round(trained.kinds / step).astype("int8"),
        kind_step=step.astype("float32"),
        bias=trained.bias.astype("float32"),
        second=trained.second.astype("float32"),
    )
    by_kind = {str(kind): sum(sentence.kind == kind for sentence in prepared.sentences) for kind in Kind}
    card = {
        "name": "gate",
        "seed": seed,
        "sentences": by_kind,
        "weights": len(telling),
        "facts": list(FACTS),
        "false_alarms_allowed": FALSE_ALARMS,
        "thresholds": trained.thresholds,
        "unseen": {name: round(value, 4) for name, value in trained.found.items()},
    }
    (folder / "gate.json").write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n")
    return card
