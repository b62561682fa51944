"""A clinic asks a family to show more; the family's page has the question."""

import pytest
from django.urls import reverse

from marketplace.consent.models import Consent
from marketplace.families.models import Child
from tests.factories import (
    make_booking,
    make_child,
    make_parent,
    make_partner,
    make_partner_staff,
    make_provider,
    make_service,
    next_weekday,
    shanghai,
    signed_in,
)

pytestmark = pytest.mark.django_db
WANTED = {"items": ["score", "plan"], "purpose": "care", "days": "30"}


@pytest.fixture
def booking():
    partner, parent = make_partner(name="青禾心理"), make_parent(children=0)
    child = make_child(parent, nickname="小舟", born_on=shanghai(next_weekday(5), 10).date().replace(year=2018))
    service = make_service(make_provider(partner=partner))
    return make_booking(service=service, starts_at=shanghai(next_weekday(5), 10), child=child, booked_by=parent)


def url(booking) -> str:
    return reverse("clinics:ask", args=[booking.public_id])


def test_a_clinic_asks_and_the_family_finds_the_question(booking):
    staff = signed_in(make_partner_staff(booking.occupancy.provider.partner))

    html = staff.post(url(booking), WANTED, follow=True).content.decode()

    assert "等待回答" in html and "测评分数" in html
    family = signed_in(booking.booked_by).get(reverse("consent:index")).content.decode()
    assert "青禾心理" in family and 'value="no"' in family


def test_asking_twice_says_why_not(booking):
    staff = signed_in(make_partner_staff(booking.occupancy.provider.partner))
    staff.post(url(booking), WANTED)

    assert "还在等对方回答" in staff.post(url(booking), WANTED).content.decode()
    assert Consent.objects.count() == 1


def test_what_the_clinic_can_never_see_is_not_offered(booking):
    html = signed_in(make_partner_staff(booking.occupancy.provider.partner)).get(url(booking)).content.decode()

    assert 'value="score"' in html and 'value="diary"' not in html and 'value="chat"' not in html


def test_another_clinic_cannot_ask(booking):
    stranger = signed_in(make_partner_staff(make_partner()))

    assert stranger.get(url(booking)).status_code == 404
    assert stranger.post(url(booking), WANTED).status_code == 404
    assert not Consent.objects.exists() and Child.objects.exists()
