"""The figures of a week, for one partner and for all."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.capacity.models import Exposure
from catalog.capacity.selectors import capacity_report
from catalog.scheduling.enums import BookingStatus
from marketplace.accounts.enums import Role
from tests.factories.catalogue import make_group_service, make_service
from tests.factories.partners import make_partner, make_provider
from tests.factories.people import make_parent, make_partner_staff, make_user, signed_in
from tests.factories.scheduling import make_booking, make_group_occupancy, next_weekday, shanghai
from tests.factories.waitlist import make_entry

pytestmark = pytest.mark.django_db
MONDAY = next_weekday(0, weeks=1)


def report_of(*partners):
    return capacity_report(list(partners) or None, monday=MONDAY)


def test_a_providers_week_is_filled_by_what_is_paid():
    provider = make_provider()
    whole = report_of(provider.partner).week.fill.offered_seconds
    at = shanghai(MONDAY, 10)
    make_booking(service=make_service(provider), starts_at=at)
    make_booking(service=make_service(provider), starts_at=at + timedelta(hours=2), status=BookingStatus.PENDING)
    group = make_group_occupancy(make_group_service(provider), starts_at=at + timedelta(hours=4), seats=4)
    make_booking(occupancy=group)

    week = report_of(provider.partner).week

    assert week.fill.offered_seconds == whole > 0  # all of it inside the hours
    assert week.fill.taken_hours == 1.2  # an hour with its interval, and a quarter of one (1.25, shown as 1.2)
    assert week.fills[provider.pk] == week.fill


def test_weeks_before_it_stand_beside_it():
    provider = make_provider()
    make_booking(service=make_service(provider), starts_at=shanghai(MONDAY - timedelta(days=7), 10))

    report = report_of(provider.partner)

    assert [week.monday for week in report.weeks] == [MONDAY - timedelta(weeks=n) for n in (3, 2, 1, 0)]
    assert [week.fill.taken_hours for week in report.weeks] == [0, 0, 1, 0]


def test_exposure_is_uneven_among_services_and_partners_never_shown_ones_included():
    first, second = make_service(), make_service()
    Exposure.objects.create(product=first.product, on=MONDAY, times=10)
    Exposure.objects.create(product=first.product, on=MONDAY + timedelta(days=6), times=20)
    Exposure.objects.create(product=first.product, on=MONDAY + timedelta(days=7), times=99)
    partners = [service.providers.get().partner for service in (first, second)]

    week = report_of(*partners).week

    assert week.shown_in_all == 30
    assert week.gini_of_services == week.gini_of_partners == 0.5
    assert report_of(partners[1]).week.gini_of_services is None


def test_a_partner_sees_its_own_and_nothing_of_others():
    mine, other = make_service(), make_service(product={"title": "别家的"})
    make_entry(service=mine)
    make_entry(service=other)
    client = signed_in(make_partner_staff(mine.providers.get().partner))

    page = client.get(reverse("clinics:capacity")).content.decode()
    table = client.get(reverse("clinics:capacity_csv"))
    text = b"".join(table.streaming_content).decode()

    assert mine.product.title in page and "别家的" not in page
    assert mine.product.title in text and "别家的" not in text
    assert table["Content-Type"].startswith("text/csv")


def test_our_staff_see_all():
    services = make_service(), make_service()
    client = signed_in(make_user(role=Role.STAFF))

    page = client.get(reverse("backoffice:capacity"), {"on": MONDAY.isoformat()}).content.decode()
    text = b"".join(client.get(reverse("backoffice:capacity_csv")).streaming_content).decode()

    assert all(service.product.title in page and service.product.title in text for service in services)
    assert "机构之间的基尼系数" in page and text.startswith("\ufeff")


@pytest.mark.parametrize("name", ["capacity", "capacity_csv"])
def test_strangers_find_nothing(name):
    provider = make_provider(user=make_user())
    for person in (make_parent(), provider.user):
        assert signed_in(person).get(reverse(f"clinics:{name}")).status_code == 404
    assert signed_in(make_partner_staff(provider.partner)).get(reverse(f"backoffice:{name}")).status_code in (403, 404)


def test_one_row_or_three_cost_the_same_queries():
    partner = make_partner()

    def one_more() -> None:
        provider = make_provider(partner=partner)
        service = make_service(provider)
        make_booking(service=service, starts_at=shanghai(MONDAY, 10))
        make_entry(service=service)
        Exposure.objects.create(product=service.product, on=MONDAY, times=3)

    def cost(client, name: str) -> int:
        url = f"{reverse(name)}?on={MONDAY.isoformat()}"
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    manager, staff = signed_in(make_partner_staff(partner)), signed_in(make_user(role=Role.STAFF))
    one_more()
    one = cost(manager, "clinics:capacity"), cost(staff, "backoffice:capacity")
    one_more()
    one_more()
    assert (cost(manager, "clinics:capacity"), cost(staff, "backoffice:capacity")) == one
