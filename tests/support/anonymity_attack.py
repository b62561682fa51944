"""Pairs of texts from different threads, scored by all that is seen of them: do they come from one person?

The attacker knows the truth for half of the members and is asked about the other half.
"""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log2

from .anonymity_eyes import Evidence, Seen
from .anonymity_town import Town


@dataclass(frozen=True)
class Verdict:
    """How well it went: pairs tried, pairs proven by a mark that is one person's only, and the area under the curve."""

    attempts: int
    links: int
    auc: float


def attack(town: Town, evidence: Evidence, dice: random.Random, *, most: int = 12_000) -> Verdict:
    """Train on half of the members, try the other half."""
    import numpy as np
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.metrics import roc_auc_score

    known = list(range(len(town.members)))
    dice.shuffle(known)
    half = len(known) // 2
    taught, asked = (_pairs(town, evidence, set(part), dice, most) for part in (known[:half], known[half:]))
    forest = RandomForestClassifier(200, min_samples_leaf=8, n_jobs=1, random_state=dice.getrandbits(31))
    forest.fit(np.array([features(a, b) for a, b, _ in taught]), [same for *_, same in taught])
    scores = forest.predict_proba(np.array([features(a, b) for a, b, _ in asked]))[:, 1]
    auc = float(roc_auc_score([same for *_, same in asked], scores))
    return Verdict(len(asked), _proven(town, evidence), auc)


def _pairs(
    town: Town, evidence: Evidence, members: set[int], dice: random.Random, most: int
) -> list[tuple[Seen, Seen, bool]]:
    """All pairs of one person's texts in different threads, and as many of two persons'."""
    texts = defaultdict(list)
    for public_id, who in town.author_of.items():
        if who in members and public_id in evidence.seen:
            texts[who].append(evidence.seen[public_id])
    same = [(a, b, True) for own in texts.values() for a, b in combinations(own, 2) if a.thread != b.thread]
    dice.shuffle(same)
    same = same[: most // 2]
    people = sorted(texts)
    other: list[tuple[Seen, Seen, bool]] = []
    while len(other) < len(same):
        one, two = dice.sample(people, 2)
        a, b = dice.choice(texts[one]), dice.choice(texts[two])
        if a.thread != b.thread:
            other.append((a, b, False))
    return same + other


def features(a: Seen, b: Seen) -> list[float]:
    """Everything in which two texts can be alike or near."""
    shared = a.tokens & b.tokens
    far = abs(a.id.int - b.id.int)
    return [
        a.name == b.name,
        _how(a) == _how(b),
        _who(a) == _who(b),
        a.tone == b.tone,
        a.shape == b.shape,
        (a.tone, a.shape) == (b.tone, b.shape),
        log2(far + 1),
        log2((far >> 80) + 1),
        a.when == b.when,
        _seconds_apart(a, b),
        abs(a.place - b.place),
        len(shared),
        max(map(len, shared), default=0),
        _hidden(a.markup) == _hidden(b.markup) != "",
        abs(len(a.markup) - len(b.markup)),
        bool(a.file) + bool(b.file),
        bool(a.file) and len(a.file) == len(b.file),
        bool(a.file) and a.file_size == b.file_size,
        bool(a.file) and a.file[:400] == b.file[:400],
        abs(len(a.file) - len(b.file)) if a.file and b.file else -1,
        len(a.headers ^ b.headers) if a.file and b.file else -1,
    ]


def _how(seen: Seen) -> str:
    return seen.name.partition("的")[0]


def _who(seen: Seen) -> str:
    return seen.name.rpartition("的")[2]


def _hidden(markup: str) -> str:
    """Marks that no eye sees."""
    return "".join(each for each in markup if each in "\u200b\u200c\u200d\u2060\ufeff")


def _seconds_apart(a: Seen, b: Seen) -> float:
    """How far apart two texts were written, where a page tells to the second; -1 where none does."""
    one, two = (sum(int(part) * 60**power for power, part in enumerate(reversed(_clock(each)))) for each in (a, b))
    return abs(one - two) if one and two else -1


def _clock(seen: Seen) -> list[str]:
    parts = seen.when.replace("T", " ").split()
    return parts[-1].split(".")[0].split("+")[0].split(":") if parts and ":" in parts[-1] else []


def _proven(town: Town, evidence: Evidence) -> int:
    """Pairs joined by a mark that stands in three or more threads, all of one person: proof, and not chance."""
    holders: dict[str, list[Seen]] = defaultdict(list)
    for seen in evidence.seen.values():
        for mark in {
            *seen.tokens,
            f"name {seen.name}",
            f"hidden {_hidden(seen.markup)}" * bool(_hidden(seen.markup)),
        } - {""}:
            holders[mark].append(seen)
    pairs: set[tuple[str, str]] = set()
    for found in holders.values():
        if len({each.thread for each in found}) >= 3 and len({town.author_of.get(each.id) for each in found}) == 1:
            pairs |= {tuple(sorted((str(a.id), str(b.id)))) for a, b in _across(found)}  # type: ignore[misc]
    return len(pairs)


def _across(found: Sequence[Seen]) -> list[tuple[Seen, Seen]]:
    return [(a, b) for a, b in combinations(found, 2) if a.thread != b.thread]
