"""Loading demo data: once, with times that move ahead."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.browse.models import Listing
from catalog.catalogue.models import Category, Product
from catalog.consultations.rules import OPENS_BEFORE
from catalog.order.enums import OrderStatus
from catalog.order.models import Order
from catalog.partner.models import Partner, StockRecord
from catalog.scheduling.enums import BookingStatus, Mode, OccupancyKind
from catalog.scheduling.models import (
    AvailabilityException,
    Booking,
    HealthcareService,
    Occupancy,
    Provider,
    WeeklyAvailability,
)
from catalog.scheduling.rules import DECIDE_BEFORE
from catalog.waitlist.enums import OfferState
from catalog.waitlist.models import WaitlistOffer
from marketplace.accounts.models import User
from marketplace.demo.data.people import PASSWORD, PEOPLE
from marketplace.demo.models import LoadedData
from marketplace.demo.services import load_demo_data
from marketplace.demo.services.timetable import DAYS_AHEAD
from marketplace.demo.welcome import welcome_text
from marketplace.families.models import Child, Guardianship
from marketplace.families.selectors import guardians_of
from payments.requests.enums import RequestState
from payments.requests.models import PaymentRequest
from payments.requests.services import decline_ask

COUNTED = (
    Partner, Provider, Product, StockRecord, HealthcareService, WeeklyAvailability, Occupancy, AvailabilityException,
    Booking, Order, User, Child, Guardianship, Listing, Product.needs.through, Provider.needs.through,
)  # fmt: skip


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in COUNTED}


def test_everything_is_there_and_marked(demo: None) -> None:
    assert Partner.objects.filter(is_demo=True).count() == 6
    assert Provider.objects.filter(is_demo=True).count() == 24
    assert Product.objects.filter(is_demo=True).count() == 61
    assert Listing.objects.filter(is_shown=True).count() == 61
    for row in (*Partner.objects.all(), *Product.objects.all(), *Provider.objects.all()):
        row.full_clean()


def test_second_load_adds_nothing(demo: None, django_assert_max_num_queries) -> None:
    before = counts()
    with django_assert_max_num_queries(80):  # one or a few for each part of the demo
        assert not load_demo_data()
    assert counts() == before


def test_changed_data_is_written_over_without_doubles(demo: None) -> None:
    before = counts()
    Product.objects.filter(slug="zhou-lan-talk").update(title="旧标题")
    StockRecord.objects.filter(product__slug="clay-box").update(num_allocated=1)
    LoadedData.objects.update(fingerprint="older")
    assert load_demo_data()
    assert counts() == before
    assert Product.objects.get(slug="zhou-lan-talk").title.startswith("周岚")
    assert StockRecord.objects.get(product__slug="clay-box").num_allocated == 1
    assert Provider.objects.get(name="周岚").user is not None


def test_times_move_ahead_with_the_days(demo: None, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = Occupancy.objects.count()
    last = LoadedData.objects.get().timetable_until
    assert last == timezone.localdate() + timedelta(days=DAYS_AHEAD)
    later = timezone.localdate() + timedelta(days=7)
    monkeypatch.setattr("marketplace.demo.services.timetable.timezone.localdate", lambda: later)
    assert load_demo_data()
    assert LoadedData.objects.get().timetable_until == last + timedelta(days=7)
    new = Occupancy.objects.count() - taken
    assert new > 0
    assert Occupancy.objects.filter(starts_at__date__gte=last).count() == new


def test_every_group_has_dates_and_free_seats(demo: None) -> None:
    for service in HealthcareService.objects.filter(product__kind="group"):
        dates = service.occupancies.filter(kind=OccupancyKind.GROUP, is_live=True)
        assert dates.count() >= 4
        assert all(date.seats > date.seats_taken for date in dates)


def test_no_page_of_categories_is_empty(demo: None) -> None:
    for category in Category.objects.filter(axis="need"):
        assert category.products_for_need.exists(), category
    for category in Category.objects.filter(axis="kind"):
        assert category.product_set.exists(), category


def test_demo_people_can_sign_in(demo: None) -> None:
    for person in PEOPLE:
        user = User.objects.get(phone=person.phone, login_name=person.login_name)
        assert user.check_password(PASSWORD)
        assert bool(user.phone_verified_at) is bool(person.phone)
    parent = User.objects.get(phone="+8613800000001")
    assert sorted(child.nickname for child in parent.children.all()) == ["小禾", "小舟"]
    teen = User.objects.get(login_name="xiaohe")
    assert (teen.young_profile.nickname, teen.young_profile.age) == ("小禾", 15)
    assert {row.guardian.nickname for row in guardians_of(teen.young_profile)} == {"林女士", "何先生"}
    assert User.objects.get(phone="+8613800000011").provider.name == "周岚"
    assert User.objects.get(phone="+8613800000012").partners.get().name == "青禾心理"


def test_the_family_has_a_past_and_plans(demo: None) -> None:
    parent = User.objects.get(phone="+8613800000001")
    bookings = Booking.objects.filter(booked_by=parent)
    assert bookings.filter(status=BookingStatus.FULFILLED, occupancy__ends_at__lt=timezone.now()).count() == 3
    single = bookings.filter(series=None, occupancy__minimum_seats=0)
    assert single.filter(status=BookingStatus.BOOKED, occupancy__starts_at__gt=timezone.now()).count() == 2
    assert set(Order.objects.filter(user=parent).values_list("status", flat=True)) == {OrderStatus.PAID}
    assert parent.entitlements.get().progress.count() == 2


def test_every_way_of_booking_has_been_begun(demo: None) -> None:
    """A series, a request that waits for its yes, a group that needs company, a time kept for who waited, a room to enter."""
    parent = User.objects.get(phone="+8613800000001")
    assert Booking.objects.filter(booked_by=parent, series__isnull=False, status=BookingStatus.BOOKED).count() >= 2
    asked = Booking.objects.get(status=BookingStatus.PROPOSED)
    assert asked.service.product.slug == "he-jing-ming-start"
    assert asked.answer_by and asked.answer_by > timezone.now()
    thin = Occupancy.objects.get(minimum_seats__gt=0)
    assert 0 < thin.seats_taken < thin.minimum_seats
    assert thin.starts_at > timezone.now() + DECIDE_BEFORE
    offer = WaitlistOffer.objects.get(entry__joined_by=parent, state=OfferState.OPEN)
    assert offer.expires_at > timezone.now()
    now = timezone.now()
    assert Booking.objects.filter(
        mode=Mode.VIDEO, status=BookingStatus.BOOKED, starts_at__lte=now + OPENS_BEFORE, ends_at__gt=now
    ).exists()


def test_an_answered_request_is_followed_by_another(demo: None) -> None:
    Booking.objects.filter(status=BookingStatus.PROPOSED).update(status=BookingStatus.BOOKED, answer_by=None)
    assert load_demo_data()
    assert Booking.objects.filter(status=BookingStatus.PROPOSED).count() == 1


def test_a_broken_off_load_goes_on(demo: None) -> None:
    before = counts()
    LoadedData.objects.update(activity_at=None)
    assert load_demo_data()
    assert counts() == before


def test_welcome_names_everyone() -> None:
    text = welcome_text()
    assert PASSWORD in text
    for person in PEOPLE:
        assert text.count(f"  {person.sign_in}  ") == 2


def test_whoever_works_in_the_demo_has_a_second_step_and_is_on_duty(demo: None) -> None:
    from marketplace.accounts.duty.selectors import is_on_duty
    from marketplace.accounts.models import User

    for user in User.objects.filter(
        role__in=("staff", "practitioner", "partner_staff"), phone__startswith="+86138000000"
    ):
        assert user.authenticator_set.filter(type="totp").exists(), user
        assert all(is_on_duty(user, duty) for duty in user.duties), user


def test_a_young_person_waits_for_a_parent_and_asks_anew_when_that_is_over(demo: None) -> None:
    ask = PaymentRequest.objects.get(state=RequestState.ACTIVE)
    assert (ask.created_by.login_name, ask.intended_payer.nickname) == ("xiaohe", "林女士")
    decline_ask(request=ask)
    assert load_demo_data()
    assert PaymentRequest.objects.filter(state=RequestState.ACTIVE).count() == 1
