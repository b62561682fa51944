"""Months: each closes with what the next opens with, and says every fen once."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from payments.settlement.models import ClawBack, Earning, Payout, Statement
from payments.settlement.rules import month_after, month_before
from payments.settlement.selectors import balance_of, statement_rows
from payments.settlement.services import claw_back, close_month, draw_up_statement, send_payout
from tests import factories
from tests.payments.settlement.made import approved, earned, last_month, make_account, make_fees, partner_fen, stated

pytestmark = pytest.mark.django_db


def test_a_month_sums_up_what_became_available():
    payee, fees = uuid4(), make_fees()
    earned(10_000, payee=payee, fees=fees)
    second = earned(20_000, payee=payee, fees=fees)
    earned(5_000, payee=payee, fees=fees, at=timezone.now() + timedelta(days=3))
    claw_back(source=("thing", second.source_id), key="r", paid_left_fen=10_000, now=last_month())
    statement = stated(payee)
    assert (statement.gross_fen, statement.commission_fen, statement.net_fen) == (20_000, 1_920, 18_080)
    assert statement.commissions == {"platform": 1_600, "channel": 120, "public_good": 200}
    assert (statement.opening_fen, statement.closing_fen) == (0, 18_080)
    rows = statement_rows(statement)
    assert sum(row.net_fen for row in rows) == statement.net_fen
    assert [row.is_claw_back for row in rows].count(True) == 1
    assert stated(payee) is None


def test_months_hang_together(company):
    payee, fees = uuid4(), make_fees()
    make_account(payee)
    for number in range(3):
        earned(10_000 + number, payee=payee, fees=fees)
    first = stated(payee)
    payout = approved(payee)
    send_payout(payout=payout, sent_by=factories.make_staff())
    assert draw_up_statement(payee=payee, period_on=first.period_on) is None
    Payout.objects.update(finished_at=timezone.now() - timedelta(days=31))
    old = Earning.objects.filter(payee=payee).first()
    claw_back(source=("thing", old.source_id), key="late", paid_left_fen=0)
    this_month = timezone.localdate().replace(day=1)
    second = draw_up_statement(payee=payee, period_on=this_month)
    assert second.opening_fen == first.closing_fen == payout.amount_fen == second.paid_fen
    assert second.closing_fen == second.net_fen == -old.net_fen == partner_fen(payee)
    assert balance_of(payee).owed_fen == partner_fen(payee)
    third = draw_up_statement(payee=payee, period_on=month_after(this_month))
    assert (third.opening_fen, third.closing_fen, third.gross_fen) == (second.closing_fen, second.closing_fen, 0)


def test_nothing_happened_nothing_is_written():
    assert stated(uuid4()) is None


def test_a_statement_never_changes():
    payee = uuid4()
    earned(1_000, payee=payee)
    statement = stated(payee)
    for change in (
        lambda: Statement.objects.filter(pk=statement.pk).update(net_fen=1),
        lambda: Statement.objects.filter(pk=statement.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            change()


def test_closing_the_month_proposes_payouts_once():
    rich, poor, without = uuid4(), uuid4(), uuid4()
    for payee, fen in ((rich, 50_000), (poor, 500), (without, 50_000)):
        earned(fen, payee=payee)
    make_account(rich)
    make_account(poor)
    assert close_month() == 3
    assert [(each.payee, each.drafted_by, each.amount_fen) for each in Payout.objects.all()] == [(rich, None, 50_000)]
    assert close_month() == 0
    assert Payout.objects.count() == 1


def test_a_december_closes_in_january():
    payee = uuid4()
    assert month_before(date(2027, 1, 3)) == date(2026, 12, 1)
    earned(1_000, payee=payee, at=timezone.now() - timedelta(days=400))
    assert close_month(today=date(2027, 1, 3)) == 1
    assert Statement.objects.get(payee=payee).period_on == date(2026, 12, 1)
    assert ClawBack.objects.count() == 0
