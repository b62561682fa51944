"""How long the gate takes to grade one text, in milliseconds, without network and database: half of `make bench-community`.

Texts are the committed test sentences, and long ones made of several of them, up to what a post may hold.
"""

import json
import os
import random
import time
from pathlib import Path

TESTED = Path(__file__).parents[1] / "marketplace" / "safeguarding" / "corpus"
SEED = int(os.environ.get("SEED", "20261122"))
TEXTS = 2000
#: Of ten texts, so many are long.
LONG_OF_TEN = 2
LONGEST = 600


def gate_p99_ms() -> float:
    """Return how many milliseconds 99 of 100 texts take at most, once the model is in memory."""
    return latencies_ms()["p99"]


def latencies_ms() -> dict[str, float]:
    """Return the median, the 99th percentile and the slowest, and what loading the model costs the first text."""
    from marketplace.safeguarding.gate.corpora import sentences
    from marketplace.safeguarding.gate.grading import grade

    dice = random.Random(SEED)
    known = [sentence.text for sentence in sentences(TESTED)]
    texts = [_text(known, dice, is_long=at % 10 < LONG_OF_TEN) for at in range(TEXTS)]
    begun = time.perf_counter()
    grade(texts[0])
    first = time.perf_counter() - begun
    took = []
    for text in texts:
        begun = time.perf_counter()
        grade(text)
        took.append((time.perf_counter() - begun) * 1000)
    took.sort()
    return {
        "median": round(took[len(took) // 2], 2),
        "p99": round(took[int(len(took) * 0.99)], 2),
        "slowest": round(took[-1], 2),
        "first": round(first * 1000, 1),
    }


def _text(known: list[str], dice: random.Random, *, is_long: bool) -> str:
    if not is_long:
        return dice.choice(known)
    text = ""
    while len(text) < LONGEST:
        text += dice.choice(known) + "。"
    return text[:LONGEST]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.demo")
    print(json.dumps({f"gate_{name}_ms": value for name, value in latencies_ms().items()}))
