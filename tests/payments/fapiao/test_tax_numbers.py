"""The check of an 18-character 统一社会信用代码."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.fapiao.tax_numbers import _ALPHABET, clean_tax_number, is_tax_number

# Published numbers of large companies.
REAL = ("91440300708461136T", "91330100799655058B", "91110000802100433B")


@pytest.mark.parametrize("number", REAL)
def test_real_numbers_check(number: str) -> None:
    assert is_tax_number(number)


@given(st.sampled_from(REAL), st.integers(0, 17), st.sampled_from(_ALPHABET))
def test_one_wrong_character_shows(number: str, place: int, other: str) -> None:
    wrong = number[:place] + other + number[place + 1 :]
    assert is_tax_number(wrong) == (wrong == number)


@given(st.sampled_from(REAL), st.integers(0, 16))
def test_two_exchanged_characters_show(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert is_tax_number(swapped) == (swapped == number)


@pytest.mark.parametrize("number", ["", "9144030070846113", "91440300708461136I", "９1440300708461136T"])
def test_what_is_no_number_at_all(number: str) -> None:
    assert not is_tax_number(number)


def test_as_people_write_it() -> None:
    assert clean_tax_number(" 91440300-7084 61136t ") == REAL[0]
