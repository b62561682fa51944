"""Where higher floors say who belongs to which organisation, and who serves which child.

Both are handed over as querysets and not as rows: the door puts them into its one statement, so that a page costs the
same number of queries however many floors have something to say.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from marketplace.accounts.models import User

#: (viewer) -> values_list(organisation's public id, an Affiliation, the organisation's name)
Memberships = Callable[[User], "QuerySet[Any, tuple[Any, ...]]"]
#: (viewer, pks of children, now) -> values_list(child's pk, public id of the record served, organisation's public id,
#: array of the DataItems the service needs now)
ServiceRelations = Callable[[User, Sequence[int], datetime], "QuerySet[Any, tuple[Any, ...]]"]

_memberships: list[Memberships] = []
_service_relations: list[ServiceRelations] = []


def register_memberships(source: Memberships) -> None:
    """Add a source of memberships; registering it again changes nothing."""
    if source not in _memberships:
        _memberships.append(source)


def register_service_relations(source: ServiceRelations) -> None:
    """Add a source of service relations; registering it again changes nothing."""
    if source not in _service_relations:
        _service_relations.append(source)


def membership_sources() -> list[Memberships]:
    """Every source of memberships."""
    return list(_memberships)


def service_sources() -> list[ServiceRelations]:
    """Every source of service relations."""
    return list(_service_relations)
