"""The arithmetic of shares: exact to the fen, whatever comes back, in whatever order."""

from hypothesis import given
from hypothesis import strategies as st

from payments.settlement.rules import left_of, month_after, month_before, shares_of

rates = st.lists(st.integers(1, 3000), min_size=0, max_size=3).map(
    lambda bps: [(f"s{place}", each) for place, each in enumerate(bps)]
)


@given(value=st.integers(0, 10**7), rates=rates)
def test_shares_and_the_partners_part_are_the_whole(value, rates):
    shares = shares_of(value, rates)
    assert shares.net_fen + shares.commission_fen == value
    assert all(fen == value * bps // 10_000 for _code, bps, fen in shares.lines)
    assert shares.net_fen >= 0


@given(price=st.integers(1, 10**6), part=st.integers(0, 10**6), data=st.data())
def test_what_is_left_falls_to_nothing_with_the_price(price, part, data):
    refunds = sorted(data.draw(st.lists(st.integers(0, price), max_size=6)))
    left = [left_of(part, price_fen=price, refunded_fen=each) for each in [0, *refunds, price]]
    assert left[0] == part and left[-1] == 0
    assert left == sorted(left, reverse=True)


def test_months():
    from datetime import date

    assert month_after(date(2026, 12, 1)) == date(2027, 1, 1)
    assert month_before(date(2027, 1, 31)) == date(2026, 12, 1)
