"""What companies keep for themselves, from their bills into the ledger."""

from collections import Counter
from collections.abc import Iterable, Iterator

from payments.books import days
from payments.books.enums import DifferenceKind
from payments.books.models import BookedBill, BookedLine, Difference
from payments.gateways.accounting import BillKind
from payments.ledger.enums import AccountKind, EntryKind
from payments.ledger.models import JournalEntry, Leg
from payments.ledger.services import Account, post

#: Between a fee's key and what it was corrected to.
_FIX = ":now:"


def fee_key(bill: BookedBill, line: BookedLine) -> str:
    """The key of a line's fee in the ledger."""
    return f"fee:{bill.gateway}:{bill.day}:{line.key}"


def book_fees(bill: BookedBill, lines: Iterable[BookedLine]) -> Iterator[Difference]:
    """Book the fee of each line once. Yields, unsaved, what a later fetch of the bill tells otherwise.

    A dispute's fee is booked with the dispute, as soon as the company tells of it.
    """
    booked = _booked(bill)
    for line in lines:
        if line.kind == BillKind.DISPUTE:
            continue
        key = fee_key(bill, line)
        ours = booked.get(key)
        if ours is None and line.fee_fen:
            post(
                key=key,
                kind=EntryKind.FEE,
                legs=fee_legs(bill.gateway, line.fee_fen),
                occurred_at=line.at or days.begins_at(bill.day),
            )
        elif ours is not None and ours != line.fee_fen:
            yield _changed(bill, line, ours)


def fee_legs(gateway: str, fen: int) -> list[tuple[Account, int]]:
    """A fee is a cost of ours that the company takes out of what it holds for us; a negative one comes back."""
    return [(Account(AccountKind.FEES, gateway), fen), (Account(AccountKind.CLEARING, gateway), -fen)]


def _booked(bill: BookedBill) -> dict[str, int]:
    """What the ledger has of this bill's fees by now, corrections added to what they correct, in fen."""
    legs = Leg.objects.filter(
        entry__key__startswith=f"fee:{bill.gateway}:{bill.day}:", account=AccountKind.FEES, owner=bill.gateway
    )
    found: Counter[str] = Counter()
    for key, fen in legs.values_list("entry__key", "amount_fen"):
        found[key.split(_FIX)[0]] += fen
    return dict(found)


def _changed(bill: BookedBill, line: BookedLine, ours: int) -> Difference:
    return Difference(
        key=f"{fee_key(bill, line)}{_FIX}{line.fee_fen}",
        gateway=bill.gateway,
        day=bill.day,
        kind=DifferenceKind.FEE_DIFFERS,
        out_trade_no=line.out_trade_no,
        out_refund_no=line.out_refund_no,
        provider_ref=line.provider_ref,
        ours_fen=ours,
        theirs_fen=line.fee_fen,
    )


def correct_fee(difference: Difference, *, decided_by_id: int) -> JournalEntry:
    """Book what a changed fee adds to the one booked before."""
    return post(
        key=difference.key,
        kind=EntryKind.FEE,
        legs=fee_legs(difference.gateway, difference.gap_fen),
        decided_by_id=decided_by_id,
    )
