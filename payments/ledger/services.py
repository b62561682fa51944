"""Writing into the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils import timezone

from payments.ledger.enums import AccountKind, EntryKind
from payments.ledger.errors import EntryKeyReused, Unbalanced
from payments.ledger.models import JournalEntry


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
    entry = JournalEntry(
        key=key,
        kind=kind,
        payable_kind=about[0] if about else "",
        payable_id=about[1] if about else None,
        occurred_at=occurred_at or now,
        posted_at=now,
        reverses=reverses,
        decided_by_id=decided_by_id,
    )
    if not _insert(entry, moved):
        entry = JournalEntry.objects.get(key=key)
        if _legs_of(entry) != sorted(moved):
            raise EntryKeyReused(key)
    return entry


#: An entry with its legs, or nothing where the key is taken: whoever books the same at this moment is waited for.
_INSERT = """
WITH entry AS (
    INSERT INTO ledger_journalentry
        (key, kind, payable_kind, payable_id, occurred_at, posted_at, reverses_id, decided_by_id)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (key) DO NOTHING
    RETURNING id
)
INSERT INTO ledger_leg (entry_id, account, owner, amount_fen)
SELECT entry.id, leg.account, leg.owner, leg.amount_fen
FROM entry, unnest(%s::text[], %s::text[], %s::bigint[]) AS leg (account, owner, amount_fen)
RETURNING entry_id
"""


def _insert(entry: JournalEntry, moved: list[tuple[Account, int]]) -> bool:
    """Insert an entry with its legs in one statement; False when its key is taken."""
    columns = (
        [account.kind.value for account, _ in moved],
        [account.owner for account, _ in moved],
        [fen for _, fen in moved],
    )
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            [
                entry.key,
                entry.kind,
                entry.payable_kind,
                entry.payable_id,
                entry.occurred_at,
                entry.posted_at,
                entry.reverses_id,
                entry.decided_by_id,
                *columns,
            ],
        )
        inserted = cursor.fetchone()
    if inserted is None:
        return False
    entry.pk, entry._state.adding, entry._state.db = inserted[0], False, connection.alias
    return True


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
