"""Stripe's bill of a day against our ledger: cards, refunds that came back, disputes and fees leave nothing unexplained."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.utils import timezone

from payments import services
from payments.books.models import BookedBill, Difference
from payments.books.services.billing import fetch_bill
from payments.disputes.services import look_at_dispute
from payments.enums import RefundReason
from payments.gateways.stripe import books
from payments.ledger.enums import AccountKind
from payments.ledger.selectors import balance_fen, total_fen
from payments.models import PaymentIntent, Refund
from payments.services.returning import look_at_refund
from tests.payments.stripe.card_till import CardTill
from tests.payments.stripe.test_books import _Tomorrow


def _empty() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {BookedBill._meta.db_table}, {Difference._meta.db_table} CASCADE")
        cursor.execute("SET LOCAL xinqiao.ledger_retention = 'on'")
        cursor.execute("DELETE FROM ledger_leg")
        cursor.execute("DELETE FROM ledger_journalentry")


@pytest.fixture
def ledger(card_till: CardTill, monkeypatch) -> Iterator[CardTill]:
    """A ledger and bills of this test's own, and a bill of today that can be had already."""
    _empty()
    monkeypatch.setattr(books, "datetime", _Tomorrow)
    yield card_till
    _empty()


def bill_of_today() -> list[str]:
    """Fetch and compare; returns the kinds of what differs."""
    bill, _ = BookedBill.objects.get_or_create(
        gateway="stripe", day=timezone.localdate(), defaults={"next_check_at": timezone.now()}
    )
    fetch_bill(bill_id=bill.pk)
    return list(Difference.objects.exclude(state="resolved").values_list("kind", flat=True))


def refund(intent: PaymentIntent, fen: int) -> Refund:
    asked = services.request_refund(
        intent_id=intent.pk, amount_fen=fen, reason=RefundReason.GOODWILL, key=str(intent.pk)
    )
    asked.refresh_from_db()
    return asked


def dispute(till: CardTill, intent: PaymentIntent, *decisions: str) -> None:
    ref = till.simulator.command("dispute", out_trade_no=intent.settled_by.out_trade_no)["dispute"]["id"]
    look_at_dispute(gateway_code="stripe", ref=ref)
    for status in decisions:
        till.simulator.command("decide", ref=ref, status=status)
        look_at_dispute(gateway_code="stripe", ref=ref)


def test_nothing_is_left_unexplained(ledger: CardTill) -> None:
    plain, returned, failed, open_, won, lost = (ledger.paid() for _ in range(6))
    assert plain.settled_by
    refund(returned, 10000)
    back = refund(failed, 36000)
    ledger.simulator.command("refund", out_refund_no=back.out_refund_no, status="failed")
    look_at_refund(refund_id=back.pk)
    dispute(ledger, open_)
    dispute(ledger, won, "won")
    dispute(ledger, lost, "lost")
    assert bill_of_today() == []
    assert balance_fen(AccountKind.DISPUTES, "stripe") == 36000
    lines = ledger.simulator.command("objects", object="balance_transaction")["objects"]
    assert balance_fen(AccountKind.CLEARING, "stripe") == sum(line["net"] for line in lines)
    assert balance_fen(AccountKind.FEES, "stripe") == sum(line["fee"] for line in lines)
    assert total_fen() == 0


def test_dispute_we_have_not_heard_of_shows_and_comes_right(ledger: CardTill) -> None:
    intent = ledger.paid()
    ref = ledger.simulator.command("dispute", out_trade_no=intent.settled_by.out_trade_no)["dispute"]["id"]
    assert "dispute_differs" in bill_of_today()
    look_at_dispute(gateway_code="stripe", ref=ref)
    assert "dispute_differs" not in bill_of_today()


def test_money_we_have_not_heard_of_shows_and_comes_right(ledger: CardTill) -> None:
    intent = ledger.owe()
    ledger.buy(ledger.start(intent))
    assert bill_of_today() == ["missing_here"]
    ledger.settle(intent)
    assert bill_of_today() == []
