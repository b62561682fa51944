"""A practitioner's own statement: what they held, what it was worth, and nobody's name."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.fulfilment.earning import earn_session
from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking, Occupancy
from tests.catalog.order.placed import order_of, pay
from tests.catalog.queries import queries_of
from tests.factories.catalogue import make_service
from tests.factories.partners import make_partner, make_provider
from tests.factories.people import make_parent, make_partner_staff, make_user, signed_in
from tests.factories.scheduling import make_booking
from tests.payments.settlement.made import make_fees

pytestmark = pytest.mark.django_db
URL = reverse("clinics:own_sessions")


@pytest.fixture
def provider():
    return make_provider(partner=make_partner(), user=make_user())


def an_hour(days_ago: int):
    """A full hour so many days ago."""
    return timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(days=days_ago)


def page_of(browser, days_ago: int) -> str:
    """The month of that day, as they read it."""
    return browser.get(URL, {"on": timezone.localdate(an_hour(days_ago)).isoformat()}).content.decode()


def test_what_they_held_stands_with_its_worth_and_without_names(provider):
    make_fees()
    order = order_of(make_parent(), make_service(provider, price_fen=36_000))
    pay(order)
    booking = order.lines.get().booking
    Occupancy.objects.filter(pk=booking.occupancy_id).update(
        starts_at=an_hour(1), ends_at=an_hour(1) + timedelta(minutes=50),
        busy_from=an_hour(1), busy_until=an_hour(1) + timedelta(minutes=50),
    )  # fmt: skip
    Booking.objects.filter(pk=booking.pk).update(status=BookingStatus.FULFILLED)
    earn_session(Booking.objects.get(pk=booking.pk))

    page = page_of(signed_in(provider.user), 1)
    assert "¥360.00" in page and booking.service.product.title in page
    assert booking.child.nickname not in page


def test_who_did_not_come_is_counted_and_is_no_session_held(provider):
    make_booking(starts_at=an_hour(1), service=make_service(provider), status=BookingStatus.NOSHOW)
    page = page_of(signed_in(provider.user), 1)
    assert "0 场" in page and "¥0.00" in page


def test_a_month_without_sessions_says_what_will_stand_there(provider):
    assert "这个月还没有结束的场次" in page_of(signed_in(provider.user), 0)


def test_a_colleagues_sessions_stay_out(provider):
    other = make_provider(partner=provider.partner, user=make_user())
    booking = make_booking(starts_at=an_hour(1), service=make_service(other), status=BookingStatus.FULFILLED)
    for browser in (signed_in(provider.user), signed_in(make_partner_staff(provider.partner))):
        assert booking.service.product.title not in page_of(browser, 1)


def test_a_stranger_finds_nothing():
    assert signed_in(make_parent()).get(URL).status_code == 404


def test_more_sessions_ask_no_more_of_the_database(provider):
    browser = signed_in(provider.user)
    make_booking(starts_at=an_hour(1), service=make_service(provider), status=BookingStatus.FULFILLED)
    few = queries_of(lambda: page_of(browser, 1))
    for hours in (3, 6):
        at = an_hour(1) - timedelta(hours=hours)
        make_booking(starts_at=at, service=make_service(provider), status=BookingStatus.FULFILLED)
    assert queries_of(lambda: page_of(browser, 1)) == few
