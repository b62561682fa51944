"""Writing into the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from payments.ledger.enums import AccountKind, EntryKind
from payments.ledger.errors import EntryKeyReused, Unbalanced
from payments.ledger.models import JournalEntry, Leg


@dataclass(frozen=True, order=True)
class Account:
    """An account: its kind, and whose it is where there are several."""

    kind: AccountKind
    owner: str = ""


def post(
    *,
    key: str,
    kind: EntryKind,
    legs: Sequence[tuple[Account, int]],
    about: tuple[str, int] | None = None,
    occurred_at: datetime | None = None,
    reverses: JournalEntry | None = None,
    decided_by_id: int | None = None,
) -> JournalEntry:
    """Book one fact: `legs` are (account, fen), debit positive, credit negative; legs of nothing are left out.

    Joins the caller's transaction. The same key with the same legs again returns the entry there is.

    Raises:
        Unbalanced: the legs do not sum to zero. (The database refuses it too, when the transaction ends.)
        EntryKeyReused: the key is taken by an entry with other legs.
    """
    moved = [(account, fen) for account, fen in legs if fen]
    if len(moved) < 2 or sum(fen for _, fen in moved) != 0:
        raise Unbalanced(key)
    now = timezone.now()
    with transaction.atomic():
        entry, is_new = JournalEntry.objects.get_or_create(
            key=key,
            defaults={
                "kind": kind,
                "payable_kind": about[0] if about else "",
                "payable_id": about[1] if about else None,
                "occurred_at": occurred_at or now,
                "posted_at": now,
                "reverses": reverses,
                "decided_by_id": decided_by_id,
            },
        )
        if is_new:
            Leg.objects.bulk_create(
                Leg(entry=entry, account=account.kind, owner=account.owner, amount_fen=fen) for account, fen in moved
            )
        elif _legs_of(entry) != sorted(moved):
            raise EntryKeyReused(key)
    return entry


def reverse(*, entry: JournalEntry, decided_by_id: int | None = None) -> JournalEntry:
    """Undo an entry by its mirror image; once. Joins the caller's transaction."""
    return post(
        key=f"reversal:{entry.key}"[:150],
        kind=EntryKind.REVERSAL,
        about=(entry.payable_kind, entry.payable_id) if entry.payable_id is not None else None,
        legs=[(account, -fen) for account, fen in _legs_of(entry)],
        reverses=entry,
        decided_by_id=decided_by_id,
    )


def _legs_of(entry: JournalEntry) -> list[tuple[Account, int]]:
    rows = entry.legs.values_list("account", "owner", "amount_fen")
    return sorted((Account(AccountKind(account), owner), fen) for account, owner, fen in rows)
