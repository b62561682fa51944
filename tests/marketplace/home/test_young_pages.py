"""A young person's start page and 我的: their own world, nothing for sale, at a cost that does not grow."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.families.services import issue_recovery_codes
from tests.factories import make_booking, make_teen, make_user, next_weekday, shanghai, signed_in
from tests.payments.requests.asking import asked

pytestmark = pytest.mark.django_db


def page_of(client, path):
    return client.get(path).content.decode()


def main_of(client, path):
    return page_of(client, path).split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize("path", ["/", "/me/"])
def test_nothing_is_for_sale(path):
    mother = make_user()
    teen = make_teen(mother)
    make_booking(child=teen.young_profile, booked_by=mother)
    text = page_of(signed_in(teen), path)
    assert "¥" not in text and "订单" not in text and "/basket/" not in text
    assert "/help/now/" in text


def test_the_start_page_greets_and_offers_what_there_is():
    text = main_of(signed_in(make_teen(nickname="小禾")), "/")
    assert "小禾，今天想做点什么？" in text and "/services/" in text and "12355" in text


def test_their_own_bookings_are_there_and_nobody_elses():
    mother = make_user()
    teen, sibling = make_teen(mother), make_teen(mother)
    own = make_booking(child=teen.young_profile, booked_by=mother)
    other = make_booking(child=sibling.young_profile, booked_by=mother, starts_at=shanghai(next_weekday(6), 10))
    for path in ("/", "/me/"):
        text = page_of(signed_in(teen), path)
        assert str(own.public_id) in text and str(other.public_id) not in text


def test_without_a_parent_one_is_asked_to_join_and_with_one_not():
    alone, with_mother = make_teen(age=15), make_teen(make_user(nickname="林女士"), age=15)
    asks = f"/family/{alone.young_profile.public_id}/invite/asks_guardian/"
    for path in ("/", "/me/"):
        assert asks in page_of(signed_in(alone), path)
        assert "asks_guardian" not in page_of(signed_in(with_mother), path)
    assert "林女士" in page_of(signed_in(with_mother), "/me/")
    assert signed_in(alone).get(asks).status_code == 200


@pytest.mark.parametrize(("age", "is_told"), [(15, True), (16, False)])
def test_below_16_a_parent_is_to_hear_of_the_account(age, is_told):
    assert ("请让一位家长知道你有账号" in page_of(signed_in(make_teen(age=age)), "/me/")) == is_told


def test_recovery_codes_are_counted_on_ones_own_page():
    teen = make_teen()
    assert "现在还没有" in page_of(signed_in(teen), "/me/")
    issue_recovery_codes(user=teen)
    assert "还有 3 个没用过" in page_of(signed_in(teen), "/me/")


@pytest.mark.parametrize("path", ["/", "/me/"])
def test_the_cost_does_not_grow(path):
    counts = []
    for number in (1, 2):
        mother = make_user()
        teen = make_teen(*[make_user() for _ in range(number - 1)], mother)
        for day in range(number):
            make_booking(child=teen.young_profile, booked_by=mother, starts_at=shanghai(next_weekday(day), 10))
        client = signed_in(teen)
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_who_waits_for_a_parent_finds_it_again():
    teen = make_teen()
    asked(teen)
    text = signed_in(teen).get("/me/").content.decode()
    assert "等待家长付款" in text and "/orders/" in text and "¥" not in text
