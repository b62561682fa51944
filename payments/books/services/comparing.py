"""A bill against our rows of the same day, number by number. What differs is opened once."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from payments.books import days, selectors
from payments.books.enums import DifferenceKind as Kind
from payments.books.enums import DifferenceState
from payments.books.models import BookedBill, BookedLine, Difference, SuspenseReturn
from payments.enums import AttemptState, RefundReason, RefundState
from payments.gateways.accounting import BillKind
from payments.ledger.enums import AccountKind, EntryKind
from payments.ledger.models import Leg
from payments.models import PaymentAttempt, Refund

#: How long a difference may still come right by a later bill.
_PATIENCE = timedelta(days=10)


def open_difference(wish: Difference) -> Difference:
    """Open a difference once per key. Joins the caller's transaction."""
    fields = {
        name: getattr(wish, name)
        for name in "gateway day kind out_trade_no out_refund_no provider_ref ours_fen theirs_fen".split()
    }
    return Difference.objects.get_or_create(key=wish.key, defaults=fields)[0]


def compare_bill(bill: BookedBill, lines: list[BookedLine]) -> None:
    """Open what differs, on either side. Joins the caller's transaction."""
    for wish in (*_payments(bill, lines), *_refunds(bill, lines), *_disputes(bill, lines)):
        open_difference(wish)
    for wish in (*_payments_not_billed(bill), *_refunds_not_billed(bill)):
        open_difference(wish)


def _wish(bill: BookedBill, kind: Kind, number: str, ours: int | None, theirs: int | None, **more: str) -> Difference:
    return Difference(
        key=f"{bill.gateway}:{kind}:{number}"[:150],
        gateway=bill.gateway,
        day=bill.day,
        kind=kind,
        ours_fen=ours,
        theirs_fen=theirs,
        **more,
    )


def _payments(bill: BookedBill, lines: list[BookedLine]) -> Iterator[Difference]:
    told = [line for line in lines if line.kind == BillKind.PAYMENT]
    here = selectors.paid_here(bill.gateway, (line.out_trade_no for line in told))
    for line in told:
        ours = here.get(line.out_trade_no)
        if ours == line.amount_fen:
            continue
        kind = Kind.MISSING_HERE if ours is None else Kind.AMOUNT_DIFFERS
        more = {"out_trade_no": line.out_trade_no, "provider_ref": line.provider_ref}
        yield _wish(bill, kind, line.out_trade_no or line.provider_ref, ours, line.amount_fen, **more)


def _refunds(bill: BookedBill, lines: list[BookedLine]) -> Iterator[Difference]:
    told = [line for line in lines if line.kind == BillKind.REFUND]
    here = selectors.refunded_here(bill.gateway, (line.out_refund_no for line in told))
    for line in told:
        ours = here.get(line.out_refund_no)
        if ours == line.amount_fen or _came_back(bill.gateway, line, ours):
            continue
        kind = Kind.REFUND_DIFFERS if line.out_refund_no in here else Kind.UNKNOWN_REFUND
        more = {
            "out_trade_no": line.out_trade_no,
            "out_refund_no": line.out_refund_no,
            "provider_ref": line.provider_ref,
        }
        yield _wish(bill, kind, line.out_refund_no or line.key, ours, line.amount_fen, **more)


def _came_back(gateway: str, line: BookedLine, ours: int | None) -> bool:
    """Whether all bills together tell of a refund what we do: one that went out and came back moved nothing."""
    number = line.out_refund_no
    return bool(number) and selectors.refunded_there_fen(gateway, number) == (ours or 0)


def _disputes(bill: BookedBill, lines: list[BookedLine]) -> Iterator[Difference]:
    """What banks took in all, not line by line: what is won back stands in a line of its own."""
    told = {line.out_trade_no: line for line in lines if line.kind == BillKind.DISPUTE}
    attempts = selectors.attempts_by_number(bill.gateway, told)
    for number, line in told.items():
        ours = selectors.disputed_here_fen(bill.gateway, attempts.get(number))
        theirs = selectors.disputed_there_fen(bill.gateway, number)
        if ours != theirs:
            more = {"out_trade_no": number, "provider_ref": line.provider_ref}
            yield _wish(bill, Kind.DISPUTE_DIFFERS, f"{number}:{bill.day}", ours, theirs, **more)


def _payments_not_billed(bill: BookedBill) -> Iterator[Difference]:
    """Money that came in on this day by our books and stands on no bill up to it."""
    begin, end = days.begins_at(bill.day), days.ends_at(bill.day)
    rows = PaymentAttempt.objects.filter(
        gateway=bill.gateway, state=AttemptState.SUCCEEDED, paid_at__gte=begin, paid_at__lt=end
    )
    ours = dict(rows.values_list("out_trade_no", "captured_fen"))
    held = Leg.objects.filter(
        entry__kind=EntryKind.SUSPENSE,
        entry__occurred_at__gte=begin,
        entry__occurred_at__lt=end,
        account=AccountKind.CLEARING,
        owner=bill.gateway,
    )
    ours |= {key.removeprefix("suspense:"): fen for key, fen in held.values_list("entry__key", "amount_fen")}
    billed = selectors.billed_numbers(bill.gateway, kind=BillKind.PAYMENT, numbers=ours)
    for number in sorted(set(ours) - billed):
        yield _wish(bill, Kind.MISSING_THERE, number, ours[number], None, out_trade_no=number)


def _refunds_not_billed(bill: BookedBill) -> Iterator[Difference]:
    """Money that went back on this day by our books and stands on no bill up to it."""
    begin, end = days.begins_at(bill.day), days.ends_at(bill.day)
    done = {"state": RefundState.SUCCEEDED, "finished_at__gte": begin, "finished_at__lt": end}
    rows = Refund.objects.filter(attempt__gateway=bill.gateway, **done).exclude(reason=RefundReason.CHARGEBACK)
    ours = {
        number: (fen, trade)
        for number, fen, trade in rows.values_list("out_refund_no", "amount_fen", "attempt__out_trade_no")
    }
    backs = SuspenseReturn.objects.filter(gateway=bill.gateway, **done)
    ours |= {
        number: (fen, trade) for number, fen, trade in backs.values_list("out_refund_no", "amount_fen", "out_trade_no")
    }
    by_hand = selectors.refunds_decided_on(ours)
    billed = selectors.billed_numbers(bill.gateway, kind=BillKind.REFUND, numbers=ours)
    for number in sorted(set(ours) - billed):
        if number in by_hand:
            continue
        fen, trade = ours[number]
        yield _wish(bill, Kind.REFUND_MISSING, number, fen, None, out_trade_no=trade, out_refund_no=number)


def note_right_again(bill: BookedBill) -> None:
    """Close what nobody has touched and what is told alike by now. Joins the caller's transaction."""
    waiting = Difference.objects.select_for_update().filter(
        gateway=bill.gateway, state=DifferenceState.OPEN, day__gte=bill.day - _PATIENCE
    )
    for difference in waiting:
        if is_right(difference):
            difference.state, difference.came_right = DifferenceState.RESOLVED, True
            difference.resolved_at = timezone.now()
            difference.save(update_fields=["state", "came_right", "resolved_at"])


def is_right(difference: Difference) -> bool:
    """Whether bill and books tell a difference's fact alike now."""
    gateway, number = difference.gateway, difference.out_trade_no
    match Kind(difference.kind):
        case Kind.MISSING_HERE | Kind.AMOUNT_DIFFERS:
            return selectors.paid_here(gateway, [number]).get(number) == difference.theirs_fen
        case Kind.UNKNOWN_REFUND | Kind.REFUND_DIFFERS:
            refund = difference.out_refund_no
            ours = selectors.refunded_here(gateway, [refund]).get(refund)
            net = selectors.refunded_there_fen(gateway, refund) if refund else None
            return ours == difference.theirs_fen or net == (ours or 0)
        case Kind.MISSING_THERE:
            return number in selectors.billed_numbers(gateway, kind=BillKind.PAYMENT, numbers=[number])
        case Kind.REFUND_MISSING:
            refund = difference.out_refund_no
            return refund in selectors.billed_numbers(gateway, kind=BillKind.REFUND, numbers=[refund])
        case Kind.DISPUTE_DIFFERS:
            attempt = selectors.attempts_by_number(gateway, [number]).get(number)
            return selectors.disputed_here_fen(gateway, attempt) == selectors.disputed_there_fen(gateway, number)
    return False
