"""Gini and fill rate against their definitions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.capacity.figures import fill_rate, gini

amounts = st.lists(st.integers(0, 100_000), min_size=1, max_size=40).filter(any)


@pytest.mark.parametrize(
    ("shares", "expected"),
    [([5, 5, 5], 0), ([0, 0, 0, 8], 0.75), ([1, 3], 0.25), ([1, 2, 3, 4], 0.25), ([7], 0)],
)
def test_known_values(shares, expected):
    assert gini(shares) == pytest.approx(expected)


@pytest.mark.parametrize("shares", [[], [0], [0, 0]])
def test_where_nothing_was_shared_out_there_is_none(shares):
    assert gini(shares) is None


@given(amounts)
def test_it_is_half_the_relative_mean_difference(shares):
    number, total = len(shares), sum(shares)
    differences = sum(abs(one - other) for one in shares for other in shares)

    assert gini(shares) == pytest.approx(differences / (2 * number * total))


@given(amounts, st.integers(1, 1_000), st.randoms())
def test_neither_order_nor_unit_count_and_it_stays_in_its_bounds(shares, factor, random):
    mixed = [amount * factor for amount in shares]
    random.shuffle(mixed)

    assert gini(mixed) == pytest.approx(gini(shares))
    assert 0 <= gini(shares) <= 1 - 1 / len(shares) + 1e-12


@given(amounts)
def test_giving_from_who_has_most_to_who_has_least_never_makes_it_worse(shares):
    """The principle of transfers (Dalton 1920)."""
    ordered = sorted(shares)
    gift = (ordered[-1] - ordered[0]) // 2
    fairer = [ordered[0] + gift, *ordered[1:-1], ordered[-1] - gift] if len(ordered) > 1 else ordered

    assert gini(fairer) <= gini(shares) + 1e-12


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_the_fill_rate_is_a_part_of_what_was_on_offer(one, other):
    taken, offered = sorted((one, other))
    rate = fill_rate(taken_seconds=taken, offered_seconds=offered)

    assert rate is None if offered == 0 else 0 <= rate <= 1
