"""Who partners are, for rooms that know them by their public id alone.

Partners live in the shop, above payments: it registers itself here in its AppConfig.ready().
"""

from collections.abc import Collection, Mapping
from typing import Any, Protocol
from uuid import UUID

from django.db.models import QuerySet


class Payees(Protocol):
    """What payments asks about partners."""

    def names(self, payees: Collection[UUID]) -> Mapping[UUID, str]:
        """What they are called; one that is gone is left out."""

    def people(self, payee: UUID) -> "QuerySet[Any]":
        """The users who manage it: messages about its money go to them."""

    def statement_path(self, payee: UUID) -> str:
        """Where its people read what it earned."""


class NoPayees(LookupError):
    """No package registered itself: a fault of the installation."""


_payees: Payees | None = None


def register_payees(payees: Payees) -> None:
    """Let this package answer for partners; the last registration wins."""
    global _payees
    _payees = payees


def payees() -> Payees:
    """Whoever answers for partners. Raises NoPayees."""
    if _payees is None:
        raise NoPayees
    return _payees
