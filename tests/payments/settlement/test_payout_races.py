"""Two people at once: a partner's money is drafted, sent and taken back once; without the guards it is not."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from django.db import connection

from payments.ledger.selectors import total_fen
from payments.settlement import services
from payments.settlement.enums import LIVE_PAYOUT_STATES, PayoutState
from payments.settlement.errors import PayoutMoved, PayoutUnderWay
from payments.settlement.models import Earning, Payee, Payout
from payments.settlement.selectors import payable_now_fen
from tests import factories
from tests.payments.settlement.made import approved, earned, make_account, make_fees, partner_fen, stated
from tests.support.concurrency import run_concurrently

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def payee() -> UUID:
    """A partner with ¥500 on a statement, and an account."""
    payee = uuid4()
    earned(50_000, payee=payee)
    stated(payee)
    make_account(payee)
    return payee


@contextmanager
def meeting(where: str, answer) -> Iterator[None]:
    """Let both threads have read before either writes; where a guard parts them, nobody waits long."""
    barrier = threading.Barrier(2)

    def met(*args, **kwargs):
        found = answer(*args, **kwargs)
        with suppress(threading.BrokenBarrierError):
            barrier.wait(1)
        return found

    with patch(where, met):
        yield


def draft_twice(payee: UUID) -> int:
    """Draft from two connections at once; returns what stands drafted in fen."""
    people = [factories.make_staff(), factories.make_staff()]
    with meeting("payments.settlement.services.payouts.payable_now_fen", payable_now_fen):
        outcomes = run_concurrently(lambda n: services.draft_payout(payee=payee, drafted_by=people[n]), 2)
    assert {type(each.error) for each in outcomes} <= {type(None), PayoutUnderWay}
    return sum(Payout.objects.filter(state__in=LIVE_PAYOUT_STATES).values_list("amount_fen", flat=True))


def unlocked(payee: UUID) -> Payee:
    return Payee.objects.get(payee=payee)


def test_without_lock_and_index_the_money_is_drafted_twice(payee):
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX one_payout_under_way")
    with patch("payments.settlement.locks.locked_payee", unlocked):
        assert draft_twice(payee) == 100_000


def test_the_index_alone_refuses_the_second(payee):
    with patch("payments.settlement.locks.locked_payee", unlocked):
        assert draft_twice(payee) == 50_000


def test_the_lock_alone_refuses_the_second(payee):
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX one_payout_under_way")
    assert draft_twice(payee) == 50_000


def test_sent_by_two_at_once_it_leaves_once(payee, company):
    payout = approved(payee)
    people = [factories.make_staff(), factories.make_staff()]
    outcomes = run_concurrently(lambda n: services.send_payout(payout=payout, sent_by=people[n]), 2)
    assert sorted(str(type(each.error)) for each in outcomes) == sorted([str(type(None)), str(PayoutMoved)])
    assert (company.calls["send"], company.paid_fen, partner_fen(payee), total_fen()) == (1, 50_000, 0, 0)


def test_asked_about_by_two_at_once_it_arrives_once(payee, company):
    payout = approved(payee)
    company.faults["send"] = "after"
    services.send_payout(payout=payout, sent_by=factories.make_staff())
    outcomes = run_concurrently(lambda n: services.check_payout(payout_id=payout.pk), 2)
    assert [each.value for each in outcomes] == [PayoutState.PAID] * 2
    assert (company.paid_fen, partner_fen(payee), total_fen()) == (50_000, 0, 0)


def test_one_source_earns_once_from_two_connections():
    payee, fees = uuid4(), make_fees()
    run_concurrently(lambda n: earned(10_000, payee=payee, fees=fees, source_id=5), 2)
    assert Earning.objects.count() == 1
    assert partner_fen(payee) == 9_040


def test_two_refunds_of_one_line_at_once_take_back_what_is_gone():
    payee = uuid4()
    earned(10_000, payee=payee, fees=make_fees(), source_id=6)
    lefts = [7_000, 4_000]
    outcomes = run_concurrently(
        lambda n: services.claw_back(source=("thing", 6), key=f"r{n}", paid_left_fen=lefts[n]), 2
    )
    assert [each.error for each in outcomes] == [None, None]
    assert Earning.objects.get().value_left_fen == 4_000
    assert partner_fen(payee) == 4_000 - 320 - 24 - 40
    assert total_fen() == 0
