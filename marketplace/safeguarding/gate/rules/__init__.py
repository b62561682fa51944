"""Curated phrases, each with what it tells of and how urgent it is, by kind of danger.

They are read against folded text without idioms. A phrase is a regular expression on text without punctuation.
`unless` names what may not stand in the same text. Ids are what a screening keeps; the words of a text are not kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from marketplace.safeguarding.enums import Kind, Level


@dataclass(frozen=True, slots=True)
class Rule:
    """One phrase."""

    id: str
    kind: Kind
    level: Level
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None


def make_rules(kind: Kind, level: Level, phrases: dict[str, str], *, unless: str = "") -> Iterator[Rule]:
    """Yield a rule for each named phrase; ids are "<kind>.<name>"."""
    never = re.compile(unless) if unless else None
    for name, pattern in phrases.items():
        yield Rule(id=f"{kind}.{name}", kind=kind, level=level, pattern=re.compile(pattern), unless=never)
