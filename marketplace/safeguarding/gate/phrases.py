"""Which curated phrases a text holds, and which of them count once their surroundings are read."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.safeguarding.enums import Level

from .context import Context, context_of, is_denied
from .idioms import without_idioms
from .normalising import Folded
from .rules import Rule, eating, harm, self_harm

RULES: tuple[Rule, ...] = (*self_harm.RULES, *harm.RULES, *eating.RULES)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read by rules: what it holds, what of it is meant, and its surroundings."""

    folded: Folded
    context: Context
    held: tuple[Rule, ...]
    meant: tuple[Rule, ...]

    @property
    def signs(self) -> list[str]:
        """Ids of all phrases held; of denied ones with a leading minus."""
        meant = {rule.id for rule in self.meant}
        return [rule.id if rule.id in meant else f"-{rule.id}" for rule in self.held]

    @property
    def level(self) -> Level:
        """The most urgent level among the phrases that are meant."""
        return max((rule.level for rule in self.meant), default=Level.NONE)


def read(folded: Folded) -> Reading:
    """Look for every phrase in a folded text."""
    text = without_idioms(folded.compact)
    held: list[Rule] = []
    meant: list[Rule] = []
    for rule in RULES:
        found = [match.start() for match in rule.pattern.finditer(text)]
        if not found or (rule.unless and rule.unless.search(text)):
            continue
        held.append(rule)
        if not all(is_denied(text, start) for start in found):
            meant.append(rule)
    context = context_of(folded.plain)
    return Reading(folded=folded, context=context, held=tuple(held), meant=() if _is_told_of(context) else tuple(meant))


def _is_told_of(context: Context) -> bool:
    """Whether phrases tell of a work, or of a time that is over, rather than of now."""
    return context.over or (context.quoted_work and context.quoted)


def kinds_of(rules: Sequence[Rule]) -> list[str]:
    """Return the kinds of phrases, the most urgent first, each once."""
    ordered = sorted(rules, key=lambda rule: -rule.level)
    return list(dict.fromkeys(str(rule.kind) for rule in ordered))
