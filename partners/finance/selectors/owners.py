"""How the owners of ledger accounts are called, so that nobody has to read a number."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from catalog.partner.models import Partner
from payments.enums import Company
from payments.grants.models import Fund
from payments.ledger.enums import AccountKind
from payments.settlement.models import FeeLine

#: (kind of account, owner)
Key = tuple[AccountKind, str]


def owner_names(accounts: Iterable[Key]) -> dict[Key, str]:
    """How owners are called: companies, partners, funds and shares by their names; one query for each kind there is.

    An owner without a name is called by its code.
    """
    owned: dict[AccountKind, set[str]] = {}
    for kind, owner in accounts:
        if owner:
            owned.setdefault(kind, set()).add(owner)
    named: dict[Key, str] = {}
    for kind, owners in owned.items():
        found = _NAMES[kind](owners) if kind in _NAMES else {}
        named |= {(kind, owner): found.get(owner, owner) for owner in owners}
    return named


def _companies(owners: set[str]) -> dict[str, str]:
    return {owner: str(Company(owner).label) for owner in owners if owner in Company.values}


def _partners(owners: set[str]) -> dict[str, str]:
    return _titles(Partner.objects.all(), "name", owners)


def _funds(owners: set[str]) -> dict[str, str]:
    return _titles(Fund.objects.all(), "title", owners)


def _titles(rows: "QuerySet[Any]", field: str, owners: set[str]) -> dict[str, str]:
    real = [owner for owner in owners if _is_uuid(owner)]
    found: Iterable[tuple[UUID, str]] = rows.filter(public_id__in=real).values_list("public_id", field)
    return {str(public_id): name for public_id, name in found}


def _shares(codes: set[str]) -> dict[str, str]:
    """The newest version's word for each share."""
    return {line.code: line.name for line in FeeLine.objects.filter(code__in=codes).order_by("version")}


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


_NAMES: dict[AccountKind, Callable[[set[str]], dict[str, str]]] = {
    AccountKind.CLEARING: _companies,
    AccountKind.FEES: _companies,
    AccountKind.SUSPENSE: _companies,
    AccountKind.DISPUTES: _companies,
    AccountKind.PARTNER: _partners,
    AccountKind.FUND: _funds,
    AccountKind.COMMISSION: _shares,
}
