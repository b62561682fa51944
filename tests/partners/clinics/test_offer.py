"""Services, prices, hours and parcels in the clinic portal."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalog.catalogue.enums import SaleState
from catalog.scheduling.enums import Mode
from catalog.scheduling.selectors import open_slots
from tests.catalog.order.placed import order_of
from tests.factories.catalogue import make_course, make_price, make_service
from tests.factories.money import make_package
from tests.factories.partners import make_location, make_partner, make_provider
from tests.factories.people import make_partner_staff, make_user, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return make_partner()


@pytest.fixture
def service(partner):
    return make_service(make_provider(partner=partner), location=make_location(partner))


@pytest.fixture
def manager(partner):
    return signed_in(make_partner_staff(partner))


def values_of(service, **changes):
    product = service.product
    return {
        "title": product.title, "summary": product.summary, "description": product.description,
        "price": "360.00", "sale_state": product.sale_state, "providers": [p.pk for p in service.providers.all()],
        "modes": [Mode.IN_PERSON, Mode.PHONE], "location": service.location_id, "duration_minutes": 50,
        "buffer_minutes": 10, "minimum_notice_minutes": 120, "parent_pay_hours": 12,
        "window_1_hours": 24, "window_1_percent": 100, "window_2_hours": 0, "window_2_percent": 50,
    } | changes  # fmt: skip


def test_a_manager_changes_price_and_terms(manager, service):
    answer = manager.post(
        reverse("clinics:service_edit", args=[service.product_id]),
        values_of(service, price="388.50", duration_minutes=60, parent_pay_hours=6, sale_state=SaleState.PAUSED),
    )

    service.refresh_from_db()
    service.product.refresh_from_db()
    assert answer.status_code == 302
    assert str(service.product.stockrecords.get().price) == "388.50"
    assert (service.duration_minutes, service.product.sale_state) == (60, SaleState.PAUSED)
    assert service.parent_pay_hours == 6


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("price", "-1"),
        ("price", "12.345"),
        ("duration_minutes", "5"),
        ("window_2_percent", "101"),
        ("parent_pay_hours", "0"),
        ("title", ""),
    ],
)
def test_a_wrong_value_is_explained_and_nothing_is_lost(manager, service, field, value):
    answer = manager.post(
        reverse("clinics:service_edit", args=[service.product_id]),
        values_of(service, summary="刚写的介绍", **{field: value}),
    )

    assert answer.context["form"].errors.keys() == {field}
    assert "刚写的介绍" in answer.content.decode()


def test_what_is_held_in_person_needs_a_place(manager, service):
    answer = manager.post(reverse("clinics:service_edit", args=[service.product_id]), values_of(service, location=""))

    assert "location" in answer.context["form"].errors


def test_another_clinics_service_is_not_there(service):
    stranger = signed_in(make_partner_staff(make_partner()))

    assert stranger.get(reverse("clinics:service_edit", args=[service.product_id])).status_code == 404


def test_a_practitioner_does_not_set_prices(service):
    practitioner = make_user()
    service.providers.update(user=practitioner)

    assert signed_in(practitioner).get(reverse("clinics:services")).status_code == 404


def test_a_list_of_services_costs_the_same_for_one_and_three(manager, partner, service, django_assert_max_num_queries):
    url = reverse("clinics:services")
    manager.get(url)
    with CaptureQueriesContext(connection) as one:
        manager.get(url)
    make_service(make_provider(partner=partner))
    course = make_course()
    course.stockrecords.all().delete()
    make_price(course, partner=partner, price_fen=6_800)

    with django_assert_max_num_queries(len(one)):
        manager.get(url)


def test_added_hours_can_be_booked_and_removed_ones_cannot(manager, partner):
    provider = make_provider(partner=partner, weekly=())
    service = make_service(provider)
    today = timezone.localdate()
    window = {"service": service, "from_on": today + timedelta(days=1), "to_on": today + timedelta(days=8)}
    assert open_slots(**window) == []

    manager.post(
        reverse("clinics:add_hours", args=[provider.public_id]),
        {"weekday": 2, "from_time": "14:00", "to_time": "16:00"},
    )
    opened = open_slots(**window)
    manager.post(reverse("clinics:remove_hours", args=[provider.public_id, provider.weekly_availability.get().pk]))

    assert {timezone.localtime(slot.starts_at).weekday() for slot in opened} == {2}
    assert open_slots(**window) == []


def test_a_day_off_takes_the_times_away(manager, partner):
    provider = make_provider(partner=partner)
    service = make_service(provider)
    on = timezone.localdate() + timedelta(days=3)
    before = open_slots(service=service, from_on=on, to_on=on)

    manager.post(
        reverse("clinics:add_exception", args=[provider.public_id]),
        {"on": on.isoformat(), "from_time": "00:00", "to_time": "23:55", "is_open": "", "reason": "培训"},
    )

    assert before and open_slots(service=service, from_on=on, to_on=on) == []


@pytest.mark.parametrize("end", [time(9), time(8)])
def test_hours_that_end_before_they_begin_are_explained(manager, partner, end):
    provider = make_provider(partner=partner, weekly=())

    answer = manager.post(
        reverse("clinics:add_hours", args=[provider.public_id]),
        {"weekday": 2, "from_time": "09:00", "to_time": end.strftime("%H:%M")},
    )

    assert "结束要晚于开始" in answer.content.decode()
    assert not provider.weekly_availability.exists()


def test_another_clinics_hours_cannot_be_changed(partner):
    provider = make_provider(partner=partner, weekly=())
    stranger = signed_in(make_partner_staff(make_partner()))

    answer = stranger.post(
        reverse("clinics:add_hours", args=[provider.public_id]),
        {"weekday": 2, "from_time": "14:00", "to_time": "16:00"},
    )

    assert answer.status_code == 404 and not provider.weekly_availability.exists()


def test_a_cancellation_policy_of_three_windows_is_kept_in_order(manager, service):
    changes = {
        "window_1_hours": 2, "window_1_percent": 50, "window_1_fee": "10", "window_2_hours": 24, "window_2_percent": 100,
        "window_3_hours": 0, "window_3_percent": 0,
    }  # fmt: skip
    manager.post(reverse("clinics:service_edit", args=[service.product_id]), values_of(service, **changes))

    service.product.refresh_from_db()
    assert service.product.cancellation_windows == [
        {"hours": 24, "percent": 100, "fee_fen": 0},
        {"hours": 2, "percent": 50, "fee_fen": 1_000},
        {"hours": 0, "percent": 0, "fee_fen": 0},
    ]


def test_a_policy_in_which_waiting_pays_is_explained(manager, service):
    changes = {"window_1_percent": 50, "window_2_percent": 80}
    answer = manager.post(reverse("clinics:service_edit", args=[service.product_id]), values_of(service, **changes))

    assert "离开始越近，退回的不能越多" in answer.content.decode()


def package_values(package, **changes):
    product = package.product
    return {
        "title": product.title, "summary": product.summary, "description": product.description, "price": "1600.00",
        "sale_state": product.sale_state, "sessions": package.sessions, "valid_days": package.valid_days,
        "services": [service.pk for service in package.services.all()],
    } | changes  # fmt: skip


def test_what_a_package_holds_changes_only_while_nobody_can_buy_it(manager, service):
    package = make_package(service, sessions=5)
    page = reverse("clinics:service_edit", args=[package.product_id])

    refused = manager.post(page, package_values(package, sessions=3))
    assert "先停售并保存" in refused.content.decode()
    assert manager.post(page, package_values(package, sale_state=SaleState.PAUSED)).status_code == 302
    answer = manager.post(page, package_values(package, sessions=3, valid_days=90, sale_state=SaleState.ON_SALE))

    package.refresh_from_db()
    assert answer.status_code == 302
    assert (package.sessions, package.valid_days) == (3, 90)


def test_nobody_finds_another_package_than_the_one_they_ordered(manager, service):
    package = make_package(service, sessions=5)
    page = reverse("clinics:service_edit", args=[package.product_id])
    order_of(make_user(), package.product)
    manager.post(page, package_values(package, sale_state=SaleState.PAUSED))

    refused = manager.post(page, package_values(package, sessions=3))

    package.refresh_from_db()
    assert "正在付款" in refused.content.decode()
    assert package.sessions == 5


def test_a_package_is_good_for_the_partners_own_sessions(manager, service):
    package = make_package(service)
    foreign = make_service(make_provider(partner=make_partner()))
    page = reverse("clinics:service_edit", args=[package.product_id])
    manager.post(page, package_values(package, sale_state=SaleState.PAUSED))
    answer = manager.post(page, package_values(package, services=[foreign.pk]))
    assert answer.context["form"].errors["services"]
    assert list(package.services.all()) == [service]
