"""Earning and taking back: any mix of refunds keeps the ledger at zero and every share exact."""

from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payments.ledger.enums import AccountKind, EntryKind
from payments.ledger.models import JournalEntry
from payments.ledger.selectors import balance_fen, balance_of_payable_fen, total_fen
from payments.ledger.services import Account, post
from payments.settlement.enums import EarnedBy
from payments.settlement.errors import EarningDiffers
from payments.settlement.models import Earning
from payments.settlement.rules import left_of, shares_of
from payments.settlement.services import Delivered, claw_back, earn
from tests import factories
from tests.payments.settlement.made import RATES, earned, make_fees, partner_fen

pytestmark = pytest.mark.django_db
ABOUT = ("thing", 1)


def captured(fen: int, about: tuple[str, int]) -> None:
    """A family's money is at the company."""
    legs = [(Account(AccountKind.CLEARING, "alipay"), fen), (Account(AccountKind.ORDERS), -fen)]
    post(key=f"capture:{about}", kind=EntryKind.CAPTURE, about=about, legs=legs)


def refunded(fen: int, about: tuple[str, int], number: int) -> None:
    """Some of it went back, as the core books it."""
    legs = [(Account(AccountKind.ORDERS), fen), (Account(AccountKind.CLEARING, "alipay"), -fen)]
    post(key=f"refund:{about}:{number}", kind=EntryKind.REFUND, about=about, legs=legs)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    price=st.integers(1, 60_000),
    discount=st.integers(0, 9_000),
    rates=st.lists(st.integers(1, 3000), max_size=3),
    parts=st.lists(st.integers(1, 60_000), max_size=5),
    before=st.integers(0, 5),
)
def test_any_mix_of_refunds_keeps_every_fen(price, discount, rates, parts, before):
    about, payee = ("thing", factories.next_number()), uuid4()
    codes = [(f"c{place}-{about[1]}", bps) for place, bps in enumerate(rates)]
    fees = make_fees(codes) if codes else None
    borne_before = balance_fen(AccountKind.DISCOUNTS)
    captured(price, about)
    done = 0
    steps = [("refund", part) for part in parts]
    steps.insert(min(before, len(steps)), ("earn", 0))
    for number, (step, part) in enumerate(steps):
        if step == "earn":
            now = timezone.now()
            earn(
                Delivered(
                    source=about,
                    payee=payee,
                    earned_by=EarnedBy.SESSION,
                    paid_fen=price - done,
                    borne_fen=left_of(discount, price_fen=price, refunded_fen=done),
                    fulfilled_at=now,
                    available_at=now,
                    fee_version=fees,
                    about=about,
                )
            )
            continue
        back = min(part, price - done)
        if back == 0:
            continue
        done += back
        refunded(back, about, number)
        borne_left = left_of(discount, price_fen=price, refunded_fen=done)
        claw_back(source=about, key=f"{about}:{number}", paid_left_fen=price - done, borne_left_fen=borne_left)
    worth = price - done + left_of(discount, price_fen=price, refunded_fen=done)
    expected = shares_of(worth, codes)
    assert total_fen() == 0
    assert balance_of_payable_fen(AccountKind.ORDERS, *about) == 0
    assert partner_fen(payee) == expected.net_fen
    for code, _bps, fen in expected.lines:
        assert -balance_fen(AccountKind.COMMISSION, code) == fen
    # The partner's share and ours are what the family left here, and what we gave to it.
    assert expected.net_fen + expected.commission_fen == price - done + (
        balance_fen(AccountKind.DISCOUNTS) - borne_before
    )


def test_a_source_earns_once():
    fees = make_fees()
    first = earned(10_000, payee=(payee := uuid4()), fees=fees, source_id=7)
    assert earned(10_000, payee=payee, fees=fees, source_id=7) == first
    assert (first.commission_fen, first.net_fen) == (960, 9_040)
    assert partner_fen(payee) == 9_040
    with pytest.raises(EarningDiffers):
        earned(10_001, payee=payee, fees=fees, source_id=7)


def test_what_was_not_published_is_not_taken():
    assert earned(12_345).net_fen == 12_345


def test_what_is_worth_nothing_earns_nothing():
    now = timezone.now()
    thing = Delivered(
        source=ABOUT, payee=uuid4(), earned_by=EarnedBy.SESSION, paid_fen=0, fulfilled_at=now, available_at=now
    )
    assert earn(thing) is None
    assert not Earning.objects.exists()
    assert claw_back(source=ABOUT, key="k", paid_left_fen=0) is None


def test_a_refund_is_taken_back_once():
    earning = earned(10_000, fees=make_fees(), source_id=9)
    source = ("thing", 9)
    first = claw_back(source=source, key="r1", paid_left_fen=7_000)
    assert claw_back(source=source, key="r1", paid_left_fen=7_000) is None
    assert claw_back(source=source, key="r2", paid_left_fen=7_000) is None
    earning.refresh_from_db()
    assert first is not None
    assert (first.paid_fen, first.commission_fen, first.net_fen) == (3_000, 288, 2_712)
    assert (earning.net_left_fen, earning.value_left_fen) == (6_328, 7_000)
    assert [(line.code, line.fen - line.back_fen) for line in earning.lines.all()] == [
        (code, 7_000 * bps // 10_000) for code, bps in RATES
    ]


def test_every_entry_is_about_the_order():
    earned(10_000, fees=make_fees(), source_id=11, about=("order", 5))
    claw_back(source=("thing", 11), key="r", paid_left_fen=0)
    assert {(e.kind, e.payable_kind, e.payable_id) for e in JournalEntry.objects.all()} == {
        ("earning", "order", 5),
        ("claw_back", "order", 5),
    }
    assert partner_fen(Earning.objects.get().payee) == 0


def test_many_small_shares_may_drop_on_one_fen():
    """Three thirds: the partner has more of three fen than of four."""
    earning = earned(4, fees=make_fees([("a", 3333), ("b", 3333), ("c", 3333)]), source_id=12)
    assert earning.net_fen == 1
    claw_back(source=("thing", 12), key="r", paid_left_fen=3)
    earning.refresh_from_db()
    assert earning.net_left_fen == 3
    assert total_fen() == 0
