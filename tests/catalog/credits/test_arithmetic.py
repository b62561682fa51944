"""Whatever is used, given back and refunded, in any order: the values sum to what was paid, and nothing is below zero."""

from hypothesis import given
from hypothesis import strategies as st

from catalog.credits.models import CreditGrant
from catalog.credits.rules import next_value_fen, unit_of, value_of_units_fen

steps = st.lists(st.tuples(st.sampled_from(["use", "back", "refund"]), st.integers(0, 9)), max_size=40)


@given(st.integers(1, 12), st.integers(0, 10**6), steps)
def test_values_always_sum_to_what_was_paid(total, paid, program):
    grant = CreditGrant(total=total, unit_fen=unit_of(paid, total), value_fen=paid)
    spent: list[int] = []
    refunded = 0
    for step, number in program:
        if step == "use" and grant.left:
            value = next_value_fen(grant)
            spent.append(value)
            grant.used, grant.consumed_fen = grant.used + 1, grant.consumed_fen + value
        elif step == "back" and spent:
            value = spent.pop(number % len(spent))
            grant.used, grant.consumed_fen = grant.used - 1, grant.consumed_fen - value
        elif step == "refund" and grant.left:
            units = 1 + number % grant.left
            value = value_of_units_fen(grant, units)
            refunded += value
            grant.returned, grant.consumed_fen = grant.returned + units, grant.consumed_fen + value
        assert grant.consumed_fen == sum(spent) + refunded
        assert 0 <= grant.consumed_fen <= paid
        assert grant.left_fen >= grant.left * grant.unit_fen
        if grant.left == 0:
            assert grant.consumed_fen == paid
