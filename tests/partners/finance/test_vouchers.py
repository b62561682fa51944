"""Vouchers at the finance desk."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalog.vouchers.selectors import campaign_vouchers, terms_of
from marketplace.accounts.enums import Duty
from tests import factories
from tests.factories.money import make_voucher

pytestmark = pytest.mark.django_db


@pytest.fixture
def finance():
    person = factories.make_on_duty(factories.make_staff(), Duty.FINANCE)
    return factories.signed_in(person)


def wish(**changes):
    today = timezone.localdate()
    return {
        "code": "SPRING26", "name": "春天", "percent": "10", "amount": "", "minimum": "100", "most": "50",
        "total_limit": "100", "person_limit": "1", "starts_on": today, "ends_on": today + timedelta(days=7),
    } | changes  # fmt: skip


def test_a_voucher_is_made_and_stopped(finance):
    finance.post(reverse("finance:voucher_new"), wish())
    voucher = campaign_vouchers().get()
    terms = terms_of(voucher)
    assert (terms.percent, terms.minimum_fen, terms.most_fen) == (10, 10_000, 5_000)
    assert (terms.total_limit, terms.person_limit) == (100, 1)
    assert voucher.is_active()
    assert "SPRING26" in finance.get(reverse("finance:vouchers")).content.decode()
    finance.post(reverse("finance:voucher_stop", args=[voucher.pk]))
    assert not campaign_vouchers().get().is_active()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": "20"}, "percent"), ({"percent": ""}, "percent"), ({"percent": "101"}, "percent"), ({"code": "a b"}, "code"),
        ({"ends_on": "2020-01-01"}, "ends_on"), ({"amount": "-1", "percent": ""}, "amount"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_explained(finance, change, field):
    answer = finance.post(reverse("finance:voucher_new"), wish(**change))
    assert answer.status_code == 400 and field in answer.context["form"].errors
    assert not campaign_vouchers().exists()


def test_a_taken_code_is_explained(finance):
    make_voucher(code="SPRING26")
    assert "code" in finance.post(reverse("finance:voucher_new"), wish(code="spring26")).context["form"].errors


def test_only_finance_duty_opens_it():
    support = factories.signed_in(factories.make_on_duty(factories.make_staff(), Duty.SUPPORT))
    assert support.get(reverse("finance:vouchers")).status_code == 403
    assert factories.signed_in(factories.make_parent()).get(reverse("finance:vouchers")).status_code == 404


def test_the_list_costs_the_same_for_one_and_three(finance):
    make_voucher()
    url = reverse("finance:vouchers")
    finance.get(url)
    with CaptureQueriesContext(connection) as one:
        finance.get(url)
    make_voucher(amount_fen=500)
    make_voucher(amount_fen=500, minimum_fen=1_000)
    with CaptureQueriesContext(connection) as three:
        finance.get(url)
    assert len(three) <= len(one)
