"""Fetching a company's bill of a day, booking what it charged, and comparing."""

import logging
from collections import Counter
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from payments.books import days, locks, selectors
from payments.books.enums import BillState
from payments.books.models import BookedBill, BookedLine, Difference
from payments.books.services.balancing import compare_balance
from payments.books.services.comparing import compare_bill, note_right_again, open_difference
from payments.books.services.fees import book_fees
from payments.gateways.accounting import BillKind, BillLine
from payments.gateways.base import GatewayRefused, GatewayUnclear
from payments.gateways.registry import enabled_codes, gateway_for
from payments.locks import claim_due
from payments.services.asking import ask

logger = logging.getLogger(__name__)
#: How far back a missed bill is still asked for.
_CATCH_UP_DAYS = 7


def open_due_bills() -> int:
    """Wait for the bill of every day that should be there by now; returns how many rows are new."""
    now = timezone.now()
    newest = days.latest_billed_day(now)
    new = 0
    for code in enabled_codes():
        if not gateway_for(code).caps.bills:
            continue
        for day in _missed_days(code, newest):
            _, is_new = BookedBill.objects.get_or_create(gateway=code, day=day, defaults={"next_check_at": now})
            new += is_new
    return new


def _missed_days(gateway: str, newest: date) -> list[date]:
    """From the day after the last bill we know to the newest, not too far back; at first only the newest."""
    last = BookedBill.objects.filter(gateway=gateway).order_by("-day").values_list("day", flat=True).first()
    first = newest if last is None else max(last + timedelta(days=1), newest - timedelta(days=_CATCH_UP_DAYS))
    return [first + timedelta(days=n) for n in range((newest - first).days + 1)]


def book_due_bills(*, limit: int = 20) -> int:
    """Ask for every bill that is due; returns how many were asked for. Safe in many workers at once."""
    open_due_bills()
    ids = claim_due(BookedBill.objects.filter(state=BillState.WAITING), now=timezone.now(), limit=limit)
    for pk in ids:
        try:
            fetch_bill(bill_id=pk)
        except Exception:
            # One company's bill must not keep the others waiting; its next look is already set.
            logger.exception("Booking bill %s failed", pk)
    return len(ids)


def fetch_bill(*, bill_id: int) -> BillState:
    """Fetch a bill and book it; once more is harmless, and finds what changed since. WAITING: not there yet.

    Talks to a gateway: call it outside transactions.
    """
    bill = BookedBill.objects.get(pk=bill_id)
    gateway = gateway_for(bill.gateway)
    try:
        lines = list(ask(gateway.bill, bill.day))  # type: ignore[attr-defined]
    except (GatewayRefused, GatewayUnclear):
        return BillState(bill.state)
    _book(bill.pk, lines)
    return BillState.BOOKED


@transaction.atomic(durable=True)
def _book(bill_id: int, lines: list[BillLine]) -> None:
    bill = locks.locked_bill(bill_id)
    kept = _keep_lines(bill, lines)
    for changed in book_fees(bill, kept):
        open_difference(changed)
    compare_bill(bill, kept)
    note_right_again(bill)
    compare_balance(bill)
    _count(bill, kept)


def _keep_lines(bill: BookedBill, lines: list[BillLine]) -> list[BookedLine]:
    """Keep each fact of the bill once; a line that a later fetch tells otherwise is kept as told last."""
    seen: Counter[str] = Counter()
    ours = selectors.numbers_by_ref(bill.gateway, (line.provider_ref for line in lines if not line.out_trade_no))
    rows = []
    for line in lines:
        stem = f"{line.kind}:{line.out_refund_no or line.out_trade_no}:{line.provider_ref}"[:110]
        seen[stem] += 1
        key = stem if seen[stem] == 1 else f"{stem}#{seen[stem]}"
        rows.append(
            BookedLine(
                bill=bill,
                key=key,
                kind=line.kind,
                out_trade_no=(line.out_trade_no or ours.get(line.provider_ref, ""))[:64],
                out_refund_no=line.out_refund_no[:64],
                provider_ref=line.provider_ref[:64],
                amount_fen=line.amount_fen,
                fee_fen=line.fee_fen,
                at=line.at,
            )
        )
    BookedLine.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["bill", "key"],
        update_fields=["out_trade_no", "amount_fen", "fee_fen", "at"],
    )
    return list(bill.lines.all())


def _count(bill: BookedBill, lines: list[BookedLine]) -> None:
    sums = dict.fromkeys(BillKind, 0)
    for line in lines:
        sums[BillKind(line.kind)] += line.amount_fen
    bill.line_count = len(lines)
    bill.paid_fen, bill.refunded_fen, bill.disputed_fen = (
        sums[BillKind.PAYMENT],
        sums[BillKind.REFUND],
        sums[BillKind.DISPUTE],
    )
    bill.fee_fen = sum(line.fee_fen for line in lines)
    bill.difference_count = Difference.objects.filter(gateway=bill.gateway, day=bill.day).count()
    bill.state, bill.booked_at, bill.next_check_at = BillState.BOOKED, timezone.now(), None
    bill.save()
