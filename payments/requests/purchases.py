"""What asks need to know of the thing that is bought, beyond the neutral words every payable has.

The shop is above payments: it registers a `Purchase` for its kind of payable in its AppConfig.ready().
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from marketplace.accounts.models import User
from payments.models import PaymentIntent
from payments.requests.enums import Shown


@dataclass(frozen=True)
class Fact:
    """One row a payer sees."""

    label: str
    value: str


class Purchase(Protocol):
    """One kind of payable, as payers and guardians ask about it."""

    def facts(self, payable_id: int, *, shown: Collection[Shown]) -> list[Fact]:
        """What the one who asks lets anybody see: a row for each tick, nothing else."""

    def guardian_facts(self, payable_id: int, *, guardian: User) -> list[Fact]:
        """What the consent rules let this guardian of record see anyway; writes down that it was seen."""

    def is_licensed(self, payable_id: int) -> bool:
        """Whether everybody who gives what is paid has a licence on record with us; no names."""

    def undo(self, payable_id: int, *, guardian: User) -> bool:
        """Take everything back and ask for all of the money, because a guardian does not assent.

        Inside the caller's transaction. False, and nothing done, when any of it was delivered already.
        """


class _Unknown:
    """A kind nobody answers for: nothing to see, and people decide what goes back."""

    def facts(self, payable_id: int, *, shown: Collection[Shown]) -> list[Fact]:
        return []

    def guardian_facts(self, payable_id: int, *, guardian: User) -> list[Fact]:
        return []

    def is_licensed(self, payable_id: int) -> bool:
        return False

    def undo(self, payable_id: int, *, guardian: User) -> bool:
        return False


_purchases: dict[str, Purchase] = {}


def register_purchase(kind: str, purchase: Purchase) -> None:
    """Answer for payables of this kind; the last registration wins."""
    _purchases[kind] = purchase


def purchase_of(intent: PaymentIntent) -> Purchase:
    """Whoever answers for what an intent pays."""
    return _purchases.get(intent.payable_kind, _Unknown())
