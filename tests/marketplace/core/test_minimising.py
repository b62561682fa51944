"""Identity numbers are not taken in."""

import pytest

from catalog.order.services import ask_question
from marketplace.core.minimising import without_identity_numbers
from tests import factories
from tests.catalog.order.placed import order_of


@pytest.mark.parametrize("number", ["11010519491231002X", "11010519491231002x"])
def test_a_number_whose_check_digit_is_right_is_cut_out(number):
    assert without_identity_numbers(f"孩子的身份证{number}，麻烦登记") == "孩子的身份证（证件号已隐去），麻烦登记"


def test_other_numbers_stay():
    text = "订单 202611221234567890，电话 13812345678，110105194912310021"
    assert without_identity_numbers(text) == text


@pytest.mark.django_db
def test_a_question_is_kept_without_it():
    parent = factories.make_parent()
    question = ask_question(
        order=order_of(parent, factories.make_course()), asked_by=parent, body="身份证 11010519491231002X 可以吗"
    )
    assert question.body == "身份证 （证件号已隐去） 可以吗"
