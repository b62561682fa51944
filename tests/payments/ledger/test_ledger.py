"""The ledger balances, books a fact once, and is never changed: the database says so, whoever writes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from payments.ledger.enums import AccountKind, EntryKind
from payments.ledger.errors import EntryKeyReused, Unbalanced
from payments.ledger.models import JournalEntry, Leg
from payments.ledger.retention import _entries, _erase
from payments.ledger.selectors import balance_fen, balances, entries, total_fen
from payments.ledger.services import Account, post, reverse
from tests.support.concurrency import run_concurrently

CLEARING, ORDERS = Account(AccountKind.CLEARING, "alipay"), Account(AccountKind.ORDERS)


def capture(key: str = "capture:1", fen: int = 36000, at: datetime | None = None) -> JournalEntry:
    legs = [(CLEARING, fen), (ORDERS, -fen)]
    return post(key=key, kind=EntryKind.CAPTURE, legs=legs, about=("order", 1), occurred_at=at)


def raw(sql: str, params: Sequence[object] = ()) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


@pytest.mark.django_db
def test_a_fact_is_booked_once_however_often_it_is_told() -> None:
    assert capture() == capture()
    assert (balance_fen(AccountKind.CLEARING, "alipay"), balance_fen(AccountKind.ORDERS)) == (36000, -36000)
    with pytest.raises(EntryKeyReused):
        capture(fen=1)


@pytest.mark.django_db
@pytest.mark.parametrize("legs", [[(CLEARING, 5)], [(CLEARING, 5), (ORDERS, -4)], [(CLEARING, 0), (ORDERS, 0)], []])
def test_an_entry_that_does_not_balance_is_refused(legs: list) -> None:
    with pytest.raises(Unbalanced):
        post(key="x", kind=EntryKind.CAPTURE, legs=legs)
    assert not JournalEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_what_does_not_balance_whoever_writes() -> None:
    entry = capture()
    with pytest.raises(IntegrityError, match="does not balance"):
        raw("INSERT INTO ledger_leg (entry_id, account, owner, amount_fen) VALUES (%s, 'bank', '', 5)", [entry.pk])
    with pytest.raises(IntegrityError, match="does not balance"):
        raw(
            "INSERT INTO ledger_journalentry (key, kind, payable_kind, occurred_at, posted_at)"
            " VALUES ('empty', 'capture', '', now(), now())"
        )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger_leg SET amount_fen = amount_fen * 2",
        "UPDATE ledger_journalentry SET kind = 'refund'",
        "DELETE FROM ledger_leg",
        "DELETE FROM ledger_journalentry",
        "TRUNCATE ledger_leg",
        "TRUNCATE ledger_journalentry CASCADE",
    ],
)
def test_what_was_booked_stays_booked(sql: str) -> None:
    capture()
    with pytest.raises((IntegrityError, InternalError), match="append-only"):
        raw(sql)
    assert total_fen() == 0
    assert Leg.objects.count() == 2


@pytest.mark.django_db
def test_a_mistake_is_undone_by_its_mirror_image_once() -> None:
    entry = capture()
    undone = reverse(entry=entry)
    assert undone == reverse(entry=entry)
    assert undone.reverses == entry
    assert balances() == [(AccountKind.CLEARING, "alipay", 0), (AccountKind.ORDERS, "", 0)]


@pytest.mark.django_db
def test_entries_are_found_by_account_newest_first() -> None:
    first, second = capture("capture:1"), capture("capture:2", 500)
    post(key="fee:1", kind=EntryKind.FEE, legs=[(Account(AccountKind.FEES, "alipay"), 3), (CLEARING, -3)])
    assert list(entries(account=AccountKind.ORDERS)) == [second, first]
    assert entries(account=AccountKind.CLEARING, owner="wechat").count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_of_us_booking_one_fact_at_once_book_it_once() -> None:
    outcomes = run_concurrently(lambda _: capture().pk, 4)
    assert [outcome.error for outcome in outcomes] == [None] * 4
    assert JournalEntry.objects.count() == 1
    assert balance_fen(AccountKind.CLEARING) == 36000


@pytest.mark.django_db(transaction=True)
def test_only_whole_old_entries_leave_after_their_time() -> None:
    now = timezone.now()
    long_ago = now - timedelta(days=365 * 31)
    old, undone, new = capture("old", at=long_ago), capture("undone", at=long_ago), capture("new")
    mirror = reverse(entry=undone)
    assert list(_entries(now - timedelta(days=365 * 30))) == [old]
    with transaction.atomic():
        assert _erase(_entries(now - timedelta(days=365 * 30))) == 1
    assert set(JournalEntry.objects.all()) == {undone, mirror, new}
    assert total_fen() == 0


FEN = st.integers(-(10**12), 10**12)


class AnyLegs(TestCase):
    @given(st.lists(FEN, min_size=1, max_size=6))
    def test_the_ledger_sums_to_zero_whatever_is_booked(self, amounts: list[int]) -> None:
        legs = [(Account(AccountKind.PARTNER, str(place)), fen) for place, fen in enumerate(amounts)]
        legs.append((ORDERS, -sum(amounts)))
        moved = sum(1 for _, fen in legs if fen)
        if moved < 2:
            with pytest.raises(Unbalanced):
                post(key="any", kind=EntryKind.ADJUSTMENT, legs=legs)
        else:
            post(key="any", kind=EntryKind.ADJUSTMENT, legs=legs)
            assert balance_fen(AccountKind.ORDERS) == -sum(amounts)
        assert total_fen() == 0
