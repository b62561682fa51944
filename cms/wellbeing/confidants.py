"""To whom a young person can show a page: guardians, and whoever higher floors name (a counsellor they have booked)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from marketplace.accounts.models import User
from marketplace.consent.enums import Purpose
from marketplace.core.labels import kept_label, shown_label
from marketplace.families.enums import GuardianshipScope, Relation
from marketplace.families.models import Child
from marketplace.families.selectors import guardians_of


@dataclass(frozen=True, slots=True)
class Confidant:
    """One person with an account; `label` is kept with the consent (`kept_label`), in the source language."""

    user: User
    label: str
    purpose: Purpose

    @property
    def who(self) -> str:
        """The label in the reader's language."""
        return shown_label(self.label)


#: (child) -> people who help this child now, with accounts of their own
Confidants = Callable[[Child], Iterable[Confidant]]
_sources: list[Confidants] = []


def register_confidants(source: Confidants) -> None:
    """Add a source; registering it again changes nothing. Call from AppConfig.ready()."""
    if source not in _sources:
        _sources.append(source)


def confidants_of(child: Child) -> list[Confidant]:
    """Return everybody a page can be shown to, guardians first, each once."""
    found = [*_guardians(child), *(each for source in _sources for each in source(child))]
    return list({each.user.pk: each for each in reversed(found)}.values())[::-1]


def _guardians(child: Child) -> list[Confidant]:
    return [
        Confidant(each.guardian, kept_label(Relation(each.relation).label), Purpose.GUARDIANSHIP)
        for each in guardians_of(child)
        if each.scope == GuardianshipScope.FULL
    ]
