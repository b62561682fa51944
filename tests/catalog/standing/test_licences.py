"""Licences are noted once, count until their last day, and end when they are taken back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from catalog.standing.enums import LicenceKind
from catalog.standing.errors import LicenceDatesWrong, LicenceNumberMissing
from catalog.standing.selectors import licences_of
from catalog.standing.services import record_licence, withdraw_licence
from tests import factories

pytestmark = pytest.mark.django_db


def licence(partner, *, until, **fields):
    values = {
        "kind": LicenceKind.BUSINESS,
        "number": "示例-001",
        "issued_by": "示例市场监督管理局",
        "valid_from_on": date(2020, 1, 1),
        "checked_by": None,
    } | fields
    return record_licence(partner=partner, valid_until_on=until, **values)


def test_a_licence_counts_on_its_last_day_and_not_the_day_after():
    today = timezone.localdate()
    clinic = factories.make_partner()
    held = licence(clinic, until=today)

    assert list(licences_of(clinic)) == [held]
    assert not held.is_valid_on(today + timedelta(days=1))


def test_noting_the_same_licence_again_brings_it_up_to_date():
    clinic = factories.make_partner()
    first = licence(clinic, until=date(2020, 12, 31))
    again = licence(clinic, until=None)

    assert first.pk == again.pk and list(licences_of(clinic)) == [again]


def test_a_licence_taken_back_no_longer_counts():
    clinic = factories.make_partner()
    withdraw_licence(licence=licence(clinic, until=None))

    assert not licences_of(clinic).exists()


def test_a_licence_without_number_or_with_its_end_first_is_refused():
    clinic = factories.make_partner()
    with pytest.raises(LicenceNumberMissing):
        licence(clinic, until=None, number="  ")
    with pytest.raises(LicenceDatesWrong):
        licence(clinic, until=date(2019, 12, 31))
