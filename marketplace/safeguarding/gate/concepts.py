"""Ideas in a text: words that are about the same thing count as one, so that a sentence nobody wrote before is still understood.

The list is lexicon/concepts.txt. What a text holds are its ideas, each ("-" before it) when it is denied, and for each
clause the pairs of ideas that stand together: "my hand" says little, "my hand" with "a line" and "long sleeves" much.
"""

import re
from bisect import bisect
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path

_LIST = Path(__file__).parent / "lexicon" / "concepts.txt"
_CLAUSE = re.compile(r"[，。！？；,.!?;\n]| {1,}|……?|[/—]+")
_DENIED = re.compile(r"(?:没有?|不是|不会|别|不要|不用|并不|未)[^。，]{0,2}$")

_BEFORE = 5
#: In a text of more ideas than this, that two of them are in it says nothing.
_FEW = 24


@cache
def concepts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return every idea with the pattern that finds it."""
    found = []
    for line in _LIST.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, words = line.split("\t")
            found.append((name, re.compile("|".join(sorted(words.split(" "), key=len, reverse=True)))))
    return tuple(found)


def ideas_of(plain: str) -> list[dict[str, bool]]:
    """Return for each clause of a folded text that holds any the ideas in it, and whether each is denied throughout."""
    starts = [0, *(match.end() for match in _CLAUSE.finditer(plain))]
    held: dict[int, dict[str, bool]] = {}
    for name, pattern in concepts():
        for match in pattern.finditer(plain):
            at = match.start()
            clause = bisect(starts, at) - 1
            ideas = held.setdefault(clause, {})
            if ideas.get(name, True):
                ideas[name] = _DENIED.search(plain[max(starts[clause], at - _BEFORE) : at]) is not None
    return [held[clause] for clause in sorted(held)]


def concept_names(plain: str) -> Iterator[str]:
    """Yield names for the ideas of a folded text, for pairs within a clause, and for pairs in a text of few ideas."""
    whole: set[str] = set()
    for ideas in ideas_of(plain):
        names = [f"-{name}" if denied else name for name, denied in ideas.items()]
        whole.update(names)
        yield from (f"j{one}+{other}" for one, other in combinations(names, 2))
    together = sorted(whole)
    yield from (f"i{idea}" for idea in together)
    if len(together) <= _FEW:
        yield from (f"J{one}+{other}" for one, other in combinations(together, 2))
