"""Discounts in fen: the parts sum to the whole, no line is asked for more than its price."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.vouchers.rules import Terms, distributed

prices = st.lists(st.integers(0, 10**7), min_size=1, max_size=8)
terms = st.one_of(
    st.builds(Terms, percent=st.integers(1, 100), minimum_fen=st.integers(0, 10**5), most_fen=st.none() | st.integers(1, 10**6)),
    st.builds(Terms, amount_fen=st.integers(1, 10**7), minimum_fen=st.integers(0, 10**5)),
)  # fmt: skip


@given(terms, prices)
def test_a_discount_lies_between_nothing_and_the_whole_price(term, lines):
    discount = term.discount_fen(sum(lines))
    assert 0 <= discount <= sum(lines)
    assert sum(lines) >= term.minimum_fen or discount == 0
    assert term.most_fen is None or discount <= term.most_fen


@given(prices, st.floats(0, 1))
def test_the_parts_of_a_discount_sum_to_it_exactly(lines, share):
    discount = int(sum(lines) * share)
    parts = distributed(min(discount, sum(lines)), lines)
    assert sum(parts) == min(discount, sum(lines))
    assert all(0 <= part <= price for part, price in zip(parts, lines, strict=True))


@given(prices, st.floats(0, 1))
def test_no_line_bears_more_than_a_fen_beyond_its_share(lines, share):
    total = sum(lines)
    discount = min(int(total * share), total)
    for part, price in zip(distributed(discount, lines), lines, strict=True):
        assert abs(part * total - discount * price) <= total


def test_more_than_the_price_cannot_be_split():
    with pytest.raises(ValueError, match="101"):
        distributed(101, [50, 50])


@pytest.mark.parametrize(
    ("term", "is_sane"),
    [
        (Terms(percent=10), True), (Terms(amount_fen=1_000), True), (Terms(), False), (Terms(percent=10, amount_fen=1), False),
        (Terms(percent=101), False), (Terms(percent=0), False), (Terms(percent=10, total_limit=0), False),
        (Terms(amount_fen=1_000, minimum_fen=-1), False),
    ],
)  # fmt: skip
def test_terms_say_one_thing(term, is_sane):
    assert term.is_sane is is_sane
