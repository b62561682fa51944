"""Where higher floors say who belongs to which organisation, and who serves which child.

Both hand over SQL and not rows: the door puts it into its one statement, so that a page costs one read however many
floors have something to say. Plain SQL, because building such a query costs the ORM more than the database running it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from marketplace.accounts.models import User
from marketplace.core.labels import shown_label
from marketplace.families.models import Child

from .enums import DataItem, GranteeKind, Purpose

#: A SELECT and the values of its %s.
Source = tuple[str, list[Any]]
#: (viewer) -> organisation's public id (uuid), Affiliation (text), organisation's name (text)
Memberships = Callable[[User], Source]
#: (viewer, pks of children, now) -> child's pk (bigint), public id of the record served (uuid), organisation's public
#: id (uuid), DataItems the service needs now (text[])
ServiceRelations = Callable[[User, Sequence[int], datetime], Source]
#: (viewer, pks of children, now) -> child's pk (bigint), DataItems that were left for an emergency which is going on (text[])
EmergencyRelations = Callable[[User, Sequence[int], datetime], Source]

_memberships: list[Memberships] = []
_service_relations: list[ServiceRelations] = []
_emergency_relations: list[EmergencyRelations] = []


def register_memberships(source: Memberships) -> None:
    """Add a source of memberships; registering it again changes nothing."""
    if source not in _memberships:
        _memberships.append(source)


def register_service_relations(source: ServiceRelations) -> None:
    """Add a source of service relations; registering it again changes nothing."""
    if source not in _service_relations:
        _service_relations.append(source)


def register_emergency_relations(source: EmergencyRelations) -> None:
    """Add a source of emergencies and whom they concern; registering it again changes nothing."""
    if source not in _emergency_relations:
        _emergency_relations.append(source)


def memberships_of(viewer: User) -> list[Source]:
    """What every floor has to say about where a person belongs."""
    return [source(viewer) for source in _memberships]


def service_relations_of(viewer: User, child_ids: Sequence[int], now: datetime) -> list[Source]:
    """What every floor has to say about whom a person serves."""
    return [source(viewer, child_ids, now) for source in _service_relations]


def emergency_relations_of(viewer: User, child_ids: Sequence[int], now: datetime) -> list[Source]:
    """What every floor has to say about emergencies that open something to a person."""
    return [source(viewer, child_ids, now) for source in _emergency_relations]


@dataclass(frozen=True, slots=True)
class Grantee:
    """Somebody a family can agree to show things to: with what it can see at all, and for what."""

    kind: GranteeKind
    id: UUID
    label: str
    items: tuple[DataItem, ...]
    purposes: tuple[Purpose, ...]

    @property
    def who(self) -> str:
        """The label in the reader's language."""
        return shown_label(self.label)

    @property
    def key(self) -> str:
        """As it stands in an address: kind and public id."""
        return f"{self.kind}:{self.id}"


#: (child) -> the organisations this child's family may want to show something to
Grantees = Callable[[Child], Iterable[Grantee]]
_grantees: list[Grantees] = []


def register_grantees(source: Grantees) -> None:
    """Add a source of grantees; registering it again changes nothing."""
    if source not in _grantees:
        _grantees.append(source)


def grantees_for(child: Child) -> list[Grantee]:
    """Every organisation some floor knows for this child."""
    return [grantee for source in _grantees for grantee in source(child)]
