"""Reading the ledger."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet, Sum

from payments.ledger.enums import AccountKind
from payments.ledger.models import JournalEntry, Leg


def balance_fen(kind: AccountKind, owner: str | None = None, *, before: datetime | None = None) -> int:
    """What stands in an account (in all of its kind without `owner`), in fen: positive is debit."""
    legs = Leg.objects.filter(account=kind)
    if owner is not None:
        legs = legs.filter(owner=owner)
    if before is not None:
        legs = legs.filter(entry__occurred_at__lt=before)
    return legs.aggregate(fen=Sum("amount_fen"))["fen"] or 0


def balances(*, before: datetime | None = None) -> list[tuple[AccountKind, str, int]]:
    """All accounts with what stands in them: (kind, owner, fen), in the order of AccountKind, then by owner."""
    legs = Leg.objects.filter(entry__occurred_at__lt=before) if before else Leg.objects.all()
    rows: Iterable[tuple[str, str, int]] = legs.values_list("account", "owner").annotate(fen=Sum("amount_fen"))
    order = {kind: place for place, kind in enumerate(AccountKind)}
    found = [(AccountKind(kind), owner, fen) for kind, owner, fen in rows]
    return sorted(found, key=lambda row: (order[row[0]], row[1]))


def balance_of_payable_fen(kind: AccountKind, payable_kind: str, payable_id: int) -> int:
    """What the entries about one thing left in the accounts of a kind, in fen."""
    legs = Leg.objects.filter(account=kind, entry__payable_kind=payable_kind, entry__payable_id=payable_id)
    return legs.aggregate(fen=Sum("amount_fen"))["fen"] or 0


def entries(*, account: AccountKind | None = None, owner: str | None = None) -> QuerySet[JournalEntry]:
    """Entries with their legs, newest first; only those that touch an account when one is named."""
    found = JournalEntry.objects.prefetch_related("legs").order_by("-occurred_at", "-pk")
    if account is None:
        return found
    legs = Leg.objects.filter(account=account)
    return found.filter(pk__in=(legs.filter(owner=owner) if owner is not None else legs).values("entry"))


def total_fen() -> int:
    """The sum of all legs: zero, or the ledger is broken."""
    return Leg.objects.aggregate(fen=Sum("amount_fen"))["fen"] or 0
