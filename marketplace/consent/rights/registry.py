"""Where every app says what it holds about a person: how it reads it out, what goes on erasure, and what must stay.

An app above consent registers from its `subject_data.py` in `AppConfig.ready()`; the apps below are registered from
`consent.rights.subjects`, because nothing below may name consent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.functional import Promise

from .enums import Scope

if TYPE_CHECKING:
    from marketplace.accounts.models import User
    from marketplace.families.models import Child

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Subject:
    """The person the data is about: an account, a child's profile, or a young person with both; at least one.

    `asked_by` is on whose word something is done: the person, or a guardian.
    """

    user: User | None = None
    child: Child | None = None
    scope: Scope = Scope.FULL
    asked_by: User | None = None

    def __post_init__(self) -> None:
        if self.user is None and self.child is None:
            raise ValueError("a subject is an account, a child, or both")

    @property
    def id(self) -> UUID:
        """The id the audit, the keys and the holds know the person by: the child's where there is a profile."""
        owner = self.child or self.user
        assert owner is not None
        return owner.public_id

    @property
    def ids(self) -> list[UUID]:
        """Every such id of the person: data may lie under the profile's key and under the account's."""
        return [owner.public_id for owner in (self.child, self.user) if owner is not None]


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of the export: rows of plain values (str, int, bool, None, date, datetime, lists and dicts of them).

    `columns` names the row's keys in words, in order; what a row holds beyond them stands in the JSON alone.
    """

    key: str
    title: Words
    columns: Mapping[str, Words]
    rows: list[dict[str, Any]]
    note: Words = ""
    scope: Scope = Scope.FULL


@dataclass(frozen=True, slots=True)
class Kept:
    """What the law makes us keep of one class: how many rows, under which law, until when at the latest."""

    title: Words
    count: int
    law: Words
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ErasureOutcome:
    """What went, what was stripped of everything personal, and what is kept: (title, number of rows) each."""

    erased: tuple[tuple[Words, int], ...] = ()
    stripped: tuple[tuple[Words, int], ...] = ()
    kept: tuple[Kept, ...] = ()

    @property
    def kept_by_law(self) -> list[tuple[Words, list[Kept]]]:
        """What is kept, under each law in the order they first come up."""
        laws: dict[str, tuple[Words, list[Kept]]] = {}
        for kept in self.kept:
            laws.setdefault(str(kept.law), (kept.law, []))[1].append(kept)
        return list(laws.values())

    def __add__(self, other: ErasureOutcome) -> ErasureOutcome:
        return ErasureOutcome(self.erased + other.erased, self.stripped + other.stripped, self.kept + other.kept)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something to be settled before an erasure, with the page where that is done."""

    sentence: Words
    url: str
    action: Words


def _nothing_in_the_way(subject: Subject) -> list[Obstacle]:
    return []


@dataclass(frozen=True, slots=True)
class SubjectData:
    """What one app holds about people.

    `covers` names the models ("app.Model") that are read out, erased or kept here. `erase` runs inside a transaction and
    may run again: doing it twice is doing it once. `foresee` counts what `erase` would do, and changes nothing. `fhir`
    returns FHIR R4B resources as dicts, or None. `obstacles` says what a person must settle first.
    """

    key: str
    title: Words
    covers: frozenset[str]
    export: Callable[[Subject], list[Section]]
    erase: Callable[[Subject], ErasureOutcome]
    foresee: Callable[[Subject], ErasureOutcome]
    fhir: Callable[[Subject], list[dict[str, Any]] | None] = field(default=lambda subject: None)
    obstacles: Callable[[Subject], list[Obstacle]] = _nothing_in_the_way


_registered: dict[str, SubjectData] = {}


def register(data: SubjectData) -> None:
    """Add one app's data; registering it again replaces it.

    Raises ValueError for a key that another app has: one of the two would silently be left out of copies and erasures.
    """
    known = _registered.get(data.key, data)
    if known.covers != data.covers:
        raise ValueError(f"{data.key} answers for {sorted(known.covers)} already")
    _registered[data.key] = data


def subject_data() -> Iterator[SubjectData]:
    """Everything registered, lower apps first: the order of an export."""
    yield from _registered.values()


def erasure_order() -> list[SubjectData]:
    """The order of an erasure: what stands on others goes before them, the account last."""
    return list(reversed(_registered.values()))


def covered_models(registered: Iterable[SubjectData] | None = None) -> frozenset[str]:
    """The lower-case labels of all models some app answers for."""
    chosen = _registered.values() if registered is None else registered
    return frozenset(label.lower() for data in chosen for label in data.covers)
