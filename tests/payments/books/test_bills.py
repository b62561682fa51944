"""The daily bill against our books: what agrees is booked, what differs is opened once."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from payments import services as payments
from payments.books import days, services
from payments.books.enums import BillState, DifferenceKind, DifferenceState, Resolution
from payments.books.models import BookedBill, BookedLine, Difference
from payments.enums import RefundReason
from payments.gateways.accounting import BillKind, BillLine
from payments.ledger.enums import AccountKind, EntryKind
from payments.ledger.models import JournalEntry
from payments.ledger.selectors import balance_fen, total_fen
from payments.ledger.services import Account, post
from payments.models import PaymentAttempt
from tests.payments.books.desk import DAY, Desk, clearing, there


def refund(attempt: PaymentAttempt, fen: int, key: str = "r1") -> None:
    """Give a part back through us."""
    row = payments.request_refund(
        intent_id=attempt.intent_id, amount_fen=fen, reason=RefundReason.GOODWILL, key=f"{key}:{attempt.pk}"
    )
    payments.send_refund(refund_id=row.pk)


def test_a_bill_that_agrees_opens_nothing_and_books_the_fees(desk: Desk) -> None:
    desk.paid()
    refund(desk.paid(), 10000)
    bill = desk.bill()
    assert (bill.state, bill.line_count, bill.paid_fen, bill.refunded_fen, bill.fee_fen) == (
        BillState.BOOKED,
        3,
        72000,
        10000,
        372,
    )
    assert desk.kinds() == []
    assert balance_fen(AccountKind.FEES, "alipay") == 372
    assert clearing() == there(desk.till) - 372
    assert total_fen() == 0


def test_again_and_again_changes_nothing(desk: Desk) -> None:
    desk.paid()
    desk.paid_there_only()
    desk.bill()
    before = (JournalEntry.objects.count(), BookedLine.objects.count(), Difference.objects.count())
    for _ in range(3):
        desk.bill()
    assert (JournalEntry.objects.count(), BookedLine.objects.count(), Difference.objects.count()) == before
    assert before[1:] == (2, 1)


def test_money_there_that_we_never_heard_of(desk: Desk) -> None:
    attempt = desk.paid_there_only()
    desk.bill()
    found = desk.difference(DifferenceKind.MISSING_HERE)
    assert (found.out_trade_no, found.ours_fen, found.theirs_fen) == (attempt.out_trade_no, None, 36000)
    assert desk.kinds() == [DifferenceKind.MISSING_HERE]


def test_money_here_that_the_bill_leaves_out(desk: Desk) -> None:
    attempt = desk.paid()
    desk.till.simulator.fault("bill", "lacks_line")
    desk.bill()
    found = desk.difference(DifferenceKind.MISSING_THERE)
    assert (found.out_trade_no, found.ours_fen, found.theirs_fen) == (attempt.out_trade_no, 36000, None)
    desk.bill()
    found.refresh_from_db()
    assert (found.state, found.came_right) == (DifferenceState.RESOLVED, True)
    assert desk.kinds() == []


def test_another_amount(desk: Desk) -> None:
    desk.paid()
    desk.till.simulator.fault("bill", "wrong_line")
    desk.bill()
    found = desk.difference(DifferenceKind.AMOUNT_DIFFERS)
    assert (found.ours_fen, found.theirs_fen, found.gap_fen) == (36000, 36001, 1)


def test_a_refund_made_by_hand_at_the_company(desk: Desk) -> None:
    attempt = desk.paid()
    desk.till.simulator.command("hand_refund", out_trade_no=attempt.out_trade_no, fen=5000)
    desk.bill()
    found = desk.difference(DifferenceKind.UNKNOWN_REFUND)
    assert (found.out_trade_no, found.theirs_fen) == (attempt.out_trade_no, 5000)
    assert found.out_refund_no.startswith("H")
    assert desk.kinds() == [DifferenceKind.UNKNOWN_REFUND]


def test_a_refund_of_ours_that_the_bill_leaves_out(desk: Desk) -> None:
    attempt = desk.paid()
    desk.bill()
    refund(attempt, 700)
    with patch("payments.gateways.alipay.bills._lines_of", return_value=iter([])):
        desk.bill()
    assert desk.kinds() == [DifferenceKind.REFUND_MISSING]


def test_money_in_suspense_is_known(desk: Desk) -> None:
    """The company told another amount in its answer; its bill tells what was asked for."""
    desk.in_suspense()
    desk.bill()
    found = desk.difference(DifferenceKind.AMOUNT_DIFFERS)
    assert (found.ours_fen, found.theirs_fen) == (1, 36000)


def test_a_changed_fee_is_a_difference_and_not_booked_twice(desk: Desk) -> None:
    desk.paid()
    desk.bill()
    with (
        patch("payments.simulators.alipay.bills._FEE_BPS", 60),
        patch(
            "payments.gateways.alipay.bills._signed_fen",
            side_effect=lambda text: -300 if text.startswith("-") else 36000,
        ),
    ):
        desk.bill()
    found = desk.difference(DifferenceKind.FEE_DIFFERS)
    assert (found.ours_fen, found.theirs_fen) == (216, 300)
    assert balance_fen(AccountKind.FEES, "alipay") == 216


def test_a_leak_in_the_ledger_that_no_number_explains(desk: Desk) -> None:
    desk.paid()
    legs = [(Account(AccountKind.CLEARING, "alipay"), 77), (Account(AccountKind.BANK), -77)]
    post(key="leak", kind=EntryKind.ADJUSTMENT, legs=legs)
    desk.bill()
    found = desk.difference(DifferenceKind.BALANCE_DIFFERS)
    assert found.gap_fen == -77


def test_what_is_sent_to_our_bank_is_no_difference(desk: Desk) -> None:
    desk.paid()
    legs = [(Account(AccountKind.BANK), 30000), (Account(AccountKind.CLEARING, "alipay"), -30000)]
    post(key="settled", kind=EntryKind.GATEWAY_SETTLEMENT, legs=legs)
    desk.bill()
    assert desk.kinds() == []


def test_a_refund_heard_of_after_midnight_counts_to_its_day(desk: Desk) -> None:
    """The company gave the money back before midnight; our row says half past."""
    attempt = desk.paid()
    refund(attempt, 10000)
    tomorrow = days.ends_at(timezone.localdate()) + timedelta(minutes=30)
    from payments.models import Refund

    Refund.objects.update(finished_at=tomorrow)
    desk.bill()
    assert desk.kinds() == []


def test_no_bill_yet_waits(desk: Desk) -> None:
    row = BookedBill.objects.create(gateway="alipay", day=timezone.localdate(), next_check_at=timezone.now())
    assert services.fetch_bill(bill_id=row.pk) == BillState.WAITING
    desk.till.simulator.fault("alipay.data.dataservice.bill.downloadurl.query", "garbage")
    assert services.fetch_bill(bill_id=row.pk) == BillState.WAITING
    row.refresh_from_db()
    assert row.booked_at is None and BookedLine.objects.count() == 0


@pytest.mark.parametrize(("clock", "newest"), [("2026-11-22 09:59", "2026-11-20"), ("2026-11-22 10:00", "2026-11-21")])
def test_bills_are_expected_at_ten_in_shanghai(clock: str, newest: str) -> None:
    now = datetime.fromisoformat(clock).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    assert days.latest_billed_day(now).isoformat() == newest


def test_the_daily_task_asks_for_every_missed_day(desk: Desk) -> None:
    desk.paid()
    today = timezone.localdate()
    later = timezone.now() + timedelta(days=3)
    BookedBill.objects.create(
        gateway="alipay", day=today - timedelta(days=1), state=BillState.BOOKED, booked_at=timezone.now()
    )
    desk.till.simulator.command("clock", advance=4 * DAY)
    with (
        patch("payments.books.services.billing.timezone", SimpleNamespace(now=lambda: later)),
        patch("payments.books.services.billing.enabled_codes", return_value=["alipay"]),
    ):
        expected = (days.latest_billed_day(later) - today).days + 1
        assert services.book_due_bills() == expected
        assert services.book_due_bills() == 0
    assert BookedBill.objects.filter(state=BillState.BOOKED).count() == expected + 1
    assert BookedBill.objects.get(day=today).line_count == 1


# --- companies that name things differently -------------------------------------------------------------


def line(kind: BillKind, **fields: object) -> BillLine:
    values = {"out_trade_no": "", "amount_fen": 36000, "fee_fen": 0, "at": timezone.now()}
    return BillLine(kind=kind, **(values | fields))


def told(desk: Desk, *lines: BillLine) -> None:
    """The company's bill of today says this."""
    with patch("payments.gateways.alipay.bills.Bills.bill", return_value=list(lines)):
        desk.bill()


def test_a_trade_named_by_the_companys_number_alone_is_found(desk: Desk) -> None:
    attempt = desk.paid()
    told(desk, line(BillKind.PAYMENT, provider_ref=attempt.provider_ref, fee_fen=100))
    assert desk.kinds() == []
    assert BookedLine.objects.get().out_trade_no == attempt.out_trade_no


def test_two_refunds_by_hand_without_numbers_are_two(desk: Desk) -> None:
    attempt = desk.paid()
    back = line(BillKind.REFUND, provider_ref=attempt.provider_ref, amount_fen=1000)
    told(desk, line(BillKind.PAYMENT, provider_ref=attempt.provider_ref), back, back)
    assert desk.kinds() == [DifferenceKind.UNKNOWN_REFUND] * 2
    for found in Difference.objects.all():
        desk.resolve(found, Resolution.BOOK_EXTERNAL_REFUND)
    attempt.refresh_from_db()
    assert attempt.refunded_fen == 2000
    told(desk, line(BillKind.PAYMENT, provider_ref=attempt.provider_ref), back, back)
    assert desk.kinds() == []


def test_a_dispute_is_compared_in_all_and_its_fee_is_booked_elsewhere(desk: Desk) -> None:
    attempt = desk.paid()
    paid = line(BillKind.PAYMENT, out_trade_no=attempt.out_trade_no)
    taken = line(BillKind.DISPUTE, out_trade_no=attempt.out_trade_no, fee_fen=10000)
    about = (attempt.intent.payable_kind, attempt.intent.payable_id)
    told(desk, paid, taken)
    found = desk.difference(DifferenceKind.DISPUTE_DIFFERS)
    assert (found.ours_fen, found.theirs_fen) == (0, 46000)
    legs = [
        (Account(AccountKind.DISPUTES, "alipay"), 36000),
        (Account(AccountKind.FEES, "alipay"), 10000),
        (Account(AccountKind.CLEARING, "alipay"), -46000),
    ]
    post(key="dispute:1", kind=EntryKind.DISPUTE, legs=legs, about=about)
    told(desk, paid, taken)
    assert desk.kinds() == []
    assert balance_fen(AccountKind.FEES, "alipay") == 10000
    won = line(BillKind.DISPUTE, out_trade_no=attempt.out_trade_no, amount_fen=-36000, fee_fen=-10000)
    post(key="dispute:2", kind=EntryKind.DISPUTE, legs=[(account, -fen) for account, fen in legs], about=about)
    told(desk, paid, taken, won)
    assert desk.kinds() == [] and clearing() == 36000
