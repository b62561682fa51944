"""Reads of a school: its lists, how a draft differs, and the packs for classes."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import QuerySet

from catalog.partner.models import Partner
from cms.content.enums import Kind
from cms.content.models import Item
from cms.content.selectors.library import published_items

from .enums import ListState
from .models import SchoolList
from .tables import Row

_SHOWN = 50


@dataclass(frozen=True)
class Differences:
    """What a draft changes: rows that come, rows that go, and how many stay."""

    added: list[Row] = field(default_factory=list)
    gone: list[Row] = field(default_factory=list)
    stays: int = 0

    @property
    def more(self) -> int:
        """How many changed rows the page does not show."""
        return max(0, len(self.added) - _SHOWN) + max(0, len(self.gone) - _SHOWN)

    @property
    def shown_added(self) -> list[Row]:
        """The first rows that come."""
        return self.added[:_SHOWN]

    @property
    def shown_gone(self) -> list[Row]:
        """The first rows that go."""
        return self.gone[:_SHOWN]


def current_list(partner: Partner, kind: str) -> SchoolList | None:
    """The list in force, if there is one."""
    return SchoolList.objects.filter(partner=partner, kind=kind, state=ListState.CURRENT).first()


def draft_of(partner: Partner, kind: str) -> SchoolList | None:
    """The draft that waits for somebody to confirm it."""
    return SchoolList.objects.filter(partner=partner, kind=kind, state=ListState.DRAFT).first()


def lists_in_force(partner: Partner) -> dict[str, SchoolList]:
    """The lists in force by kind, without what is in them; one query."""
    found = SchoolList.objects.filter(partner=partner, state=ListState.CURRENT).defer("content")
    return {each.kind: each for each in found}


def has_earlier(partner: Partner, kind: str) -> bool:
    """Whether there is a list to go back to."""
    return SchoolList.objects.filter(partner=partner, kind=kind, state=ListState.PAST).exists()


def rows_of(found: SchoolList | None) -> list[Row]:
    """The rows of a list, in their order."""
    return [tuple(row) for row in found.content] if found else []


def differences(draft: SchoolList, current: SchoolList | None) -> Differences:
    """What would change if a draft came into force."""
    new, old = rows_of(draft), rows_of(current)
    before, after = set(old), set(new)
    return Differences(
        added=[row for row in new if row not in before],
        gone=[row for row in old if row not in after],
        stays=len(before & after),
    )


def class_sizes(rows: list[Row]) -> list[tuple[str, str, int]]:
    """Each class with how many seats it has, in the order of the file."""
    return [(grade, name, count) for (grade, name), count in Counter((row[0], row[1]) for row in rows).items()]


def class_packs() -> "QuerySet[Item]":
    """Material for lessons, in the reader's language, the newest first."""
    return published_items(kind=Kind.CLASS_PACK)
