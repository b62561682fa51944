"""Numbers as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.accounts.phones import e164


@pytest.mark.parametrize(
    "written",
    ["13800001111", "138 0000 1111", "138-0000-1111", "+8613800001111", "+86 138 0000 1111", "008613800001111",
     "8613800001111", "(+86) 138 0000 1111", "１３８００００１１１１"],
)  # fmt: skip
def test_ways_to_write_one_number(written):
    assert e164(written) == "+8613800001111"


@pytest.mark.parametrize(
    "written", ["", "110", "1380000111", "138000011112", "12800001111", "+86 10 8888 8888", "lin@example.com", "abc"]
)
def test_what_is_no_mobile_number(written):
    assert e164(written) is None


def test_a_number_from_abroad_keeps_its_country():
    assert e164("+852 9123 4567") == "+85291234567"


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_none_and_a_number_stays_itself(written):
    number = e164(written)
    assert number is None or e164(number) == number
