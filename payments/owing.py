"""What rooms of payments that do not know one another say about money owed to partners.

Settlement registers how a partner is owed something; disputes register which payables' money must stay here for now.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from payments.ledger.services import Account


@dataclass(frozen=True)
class Owed:
    """Something a partner is owed without any share being taken of it, under a source of its own."""

    source: tuple[str, int]
    payee: UUID
    amount_fen: int
    funded_from: Account
    reference: str
    available_at: datetime


#: Books it and puts it on the partner's next statement; once per source. Joins the caller's transaction.
Owe = Callable[[Owed], None]
#: Of these payables of a kind, the ids whose money may not be paid out now.
Hold = Callable[[str, Collection[int]], Collection[int]]


class NobodyOwes(LookupError):
    """Settlement is not installed."""


_owe: list[Owe] = []
_holds: list[Hold] = []


def register_owe(owe: Owe) -> None:
    """Let `owe` book what partners are owed; the last registration wins."""
    _owe[:] = [owe]


def owe(owed: Owed) -> None:
    """Owe a partner something. Raises NobodyOwes."""
    if not _owe:
        raise NobodyOwes
    _owe[0](owed)


def register_hold(hold: Hold) -> None:
    """Let `hold` say which money stays here, beside all that were registered before."""
    if hold not in _holds:
        _holds.append(hold)


def held(kind: str, payable_ids: Collection[int]) -> set[int]:
    """Those of the payables whose money must stay here for now."""
    return {payable_id for hold in _holds for payable_id in hold(kind, payable_ids)}
