"""Holding a time: what may be held, by whom, and what is refused."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.catalogue.enums import SaleState
from catalog.scheduling.enums import BookingStatus, CancelledBy, Mode
from catalog.scheduling.errors import (
    ChildAlreadyBooked,
    ModeNotOffered,
    NotYourChild,
    SeatsGone,
    SlotInThePast,
    SlotNotOffered,
    SlotTaken,
    TooManyHolds,
)
from catalog.scheduling.models import AvailabilityException, Booking, Occupancy, WeeklyAvailability
from catalog.scheduling.rules import HOLD_FOR, MAX_HOLDS
from catalog.scheduling.services import hold_seat, hold_slot
from catalog.scheduling.signals import availability_changed
from tests.factories import (
    make_child,
    make_group_occupancy,
    make_group_service,
    make_occupancy,
    make_parent,
    make_provider,
    make_service,
    next_weekday,
    shanghai,
)

pytestmark = pytest.mark.django_db
SATURDAY = next_weekday(5)
TEN = shanghai(SATURDAY, 10)


@pytest.fixture
def parent():
    return make_parent()


@pytest.fixture
def service():
    return make_service()


def hold(service, parent, **changes):
    wish = {
        "service": service,
        "provider": service.providers.first(),
        "starts_at": TEN,
        "child": parent.children.first(),
        "mode": Mode.IN_PERSON,
        "booked_by": parent,
    }
    return hold_slot(**wish | changes)


def test_a_free_slot_is_kept_for_half_an_hour(service, parent):
    now = timezone.now()
    booking = hold(service, parent, now=now)
    assert booking.status == BookingStatus.PENDING
    assert booking.held_until == now + HOLD_FOR
    occupancy = booking.occupancy
    assert (occupancy.starts_at, occupancy.ends_at) == (TEN, TEN + timedelta(minutes=50))
    assert occupancy.busy_until == TEN + timedelta(minutes=60)
    assert occupancy.seats_taken == occupancy.seats == 1


def test_a_hold_never_outlives_the_start_of_its_session(parent):
    service = make_service(minimum_notice_minutes=0)
    booking = hold(service, parent, now=TEN - timedelta(minutes=10))
    assert booking.held_until == TEN


@pytest.mark.parametrize(
    "starts_at",
    [
        shanghai(SATURDAY, 3),  # a crafted POST cannot book the night
        shanghai(SATURDAY, 8, 30),
        shanghai(SATURDAY, 17, 30),  # 50 minutes do not fit before 18:00
        shanghai(SATURDAY, 10, 10),  # off the half-hour grid
        TEN + timedelta(seconds=1),
        TEN + timedelta(microseconds=1),
        TEN + timedelta(days=70),  # beyond the horizon
    ],
)
def test_what_was_never_on_offer_is_refused(service, parent, starts_at):
    for provider in (service.providers.first(), None):
        with pytest.raises(SlotNotOffered):
            hold(service, parent, starts_at=starts_at, provider=provider)
    assert not Booking.objects.exists()


def test_the_past_and_too_short_notice_are_refused(service, parent):
    with pytest.raises(SlotInThePast):
        hold(service, parent, now=TEN)
    with pytest.raises(SlotNotOffered):
        hold(service, parent, now=TEN - timedelta(minutes=119))
    assert hold(service, parent, now=TEN - timedelta(minutes=120))


@pytest.mark.parametrize("mode", Mode)
def test_every_mode_of_a_service_can_be_booked(parent, mode):
    assert hold(make_service(modes=Mode.values), parent, mode=mode).mode == mode


@pytest.mark.parametrize("mode", [Mode.VIDEO, Mode.TEXT, "", "fax"])
def test_modes_a_service_does_not_have_are_refused(parent, mode):
    service = make_service(modes=[Mode.IN_PERSON, Mode.PHONE])
    with pytest.raises(ModeNotOffered):
        hold(service, parent, mode=mode)


def test_a_mode_the_hours_do_not_have_is_refused(parent):
    provider = make_provider(weekly=())
    WeeklyAvailability.objects.create(
        provider=provider, weekday=5, from_time="09:00", to_time="18:00", modes=[Mode.PHONE]
    )
    service = make_service(provider)
    with pytest.raises(ModeNotOffered):
        hold(service, parent)
    assert hold(service, parent, mode=Mode.PHONE)


def test_a_closed_time_is_refused_and_an_opened_one_is_not(service, parent):
    provider = service.providers.first()
    AvailabilityException.objects.create(provider=provider, starts_at=TEN, ends_at=TEN + timedelta(minutes=20))
    AvailabilityException.objects.create(
        provider=provider, starts_at=shanghai(SATURDAY, 20), ends_at=shanghai(SATURDAY, 21), is_open=True
    )
    with pytest.raises(SlotNotOffered):
        hold(service, parent)
    assert hold(service, parent, starts_at=shanghai(SATURDAY, 20))


@pytest.mark.parametrize("change", ["provider_inactive", "paused", "private", "other_provider"])
def test_nobody_can_book_what_is_not_on_sale(service, parent, change):
    provider = service.providers.first()
    if change == "provider_inactive":
        type(provider).objects.update(is_active=False)
    elif change == "paused":
        type(service.product).objects.update(sale_state=SaleState.PAUSED)
    elif change == "private":
        type(service.product).objects.update(is_public=False)
    else:
        provider = make_provider()
    with pytest.raises(SlotNotOffered):
        hold(service, parent, provider=provider)


def test_taken_time_is_refused_with_the_nearest_alternatives(service, parent):
    hold(service, parent)
    with pytest.raises(SlotTaken) as refusal:
        hold(service, make_parent())
    assert [slot.starts_at for slot in refusal.value.alternatives] == [
        shanghai(SATURDAY, 9),
        shanghai(SATURDAY, 11),
        shanghai(SATURDAY, 11, 30),
    ]


@pytest.mark.parametrize(("hour", "minute"), [(9, 30), (10, 30)])
def test_overlapping_starts_are_taken_too(service, parent, hour, minute):
    hold(service, parent)
    with pytest.raises(SlotTaken):
        hold(service, make_parent(), starts_at=shanghai(SATURDAY, hour, minute))


def test_neighbours_with_the_rest_between_them_are_free(service, parent):
    hold(service, parent)
    assert hold(service, make_parent(), starts_at=shanghai(SATURDAY, 9))
    assert hold(service, make_parent(), starts_at=shanghai(SATURDAY, 11))


def test_one_provider_is_never_in_two_places_whatever_the_product(parent):
    provider = make_provider()
    one, other = make_service(provider), make_service(provider, duration_minutes=90)
    hold(one, parent)
    with pytest.raises(SlotTaken):
        hold(other, make_parent(), starts_at=shanghai(SATURDAY, 9))


def test_an_ended_hold_makes_room_for_whoever_comes(service, parent):
    first = hold(service, parent)
    second = hold(service, make_parent(), now=first.held_until)
    first.refresh_from_db()
    assert (first.status, first.cancelled_by) == (BookingStatus.CANCELLED, CancelledBy.EXPIRY)
    assert not Occupancy.objects.get(pk=first.occupancy_id).is_live
    assert second.status == BookingStatus.PENDING


def test_only_a_guardian_books_for_a_child(service, parent):
    with pytest.raises(NotYourChild):
        hold(service, parent, child=make_child(make_parent()))
    child = parent.children.first()
    type(child).objects.filter(pk=child.pk).update(archived_at=timezone.now())
    with pytest.raises(NotYourChild):
        hold(service, parent)


def test_a_child_is_never_in_two_places(service, parent):
    first = hold(service, parent)
    with pytest.raises(ChildAlreadyBooked) as refusal:
        hold(make_service(), parent, starts_at=shanghai(SATURDAY, 10, 30))
    assert refusal.value.booking_id == first.pk
    assert hold(make_service(), parent, child=make_child(parent))


def test_one_person_keeps_only_so_many_times(parent):
    services = [make_service() for _ in range(MAX_HOLDS + 1)]
    held = [hold(service, parent, child=make_child(parent)) for service in services[:-1]]
    with pytest.raises(TooManyHolds):
        hold(services[-1], parent, child=make_child(parent))
    assert hold(services[-1], parent, child=make_child(parent), now=held[-1].held_until)


def test_any_provider_means_the_free_one_with_the_fewest_sessions_that_week(parent):
    busy, idle = make_provider(), make_provider()
    service = make_service(busy, idle)
    make_occupancy(service, provider=busy, starts_at=shanghai(SATURDAY, 15))
    assert hold(service, parent, provider=None).occupancy.provider == idle
    assert hold(service, make_parent(), provider=None).occupancy.provider == busy
    with pytest.raises(SlotTaken) as refusal:
        hold(service, make_parent(), provider=None)
    assert refusal.value.alternatives


def test_availability_is_announced_inside_the_transaction(service, parent):
    heard = []

    def listen(*, provider_ids, **_):
        heard.append(provider_ids)

    availability_changed.connect(listen)
    try:
        hold(service, parent)
    finally:
        availability_changed.disconnect(listen)
    assert heard == [(service.providers.first().pk,)]


class TestSeats:
    @pytest.fixture
    def session(self):
        return make_group_occupancy(make_group_service(modes=[Mode.IN_PERSON]), starts_at=TEN, seats=2)

    def hold(self, session, parent, **changes):
        wish = {"occupancy": session, "child": parent.children.first(), "mode": Mode.IN_PERSON, "booked_by": parent}
        return hold_seat(**wish | changes)

    def test_seats_are_taken_until_none_is_left(self, session):
        self.hold(session, make_parent())
        self.hold(session, make_parent())
        with pytest.raises(SeatsGone) as refusal:
            self.hold(session, make_parent())
        assert refusal.value.alternatives == []
        session.refresh_from_db()
        assert session.seats_taken == session.bookings.count() == 2

    def test_one_child_has_one_seat(self, session, parent):
        self.hold(session, parent)
        with pytest.raises(ChildAlreadyBooked):
            self.hold(session, parent)

    def test_an_ended_hold_gives_its_seat_back(self, session):
        first = self.hold(session, make_parent())
        self.hold(session, make_parent())
        self.hold(session, make_parent(), now=first.held_until + timedelta(seconds=1))
        session.refresh_from_db()
        assert session.seats_taken == 1 and session.is_live

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"mode": Mode.VIDEO}, ModeNotOffered),
            ({"now": TEN}, SlotInThePast),
            ({"now": TEN - timedelta(minutes=30)}, SlotNotOffered),
        ],
    )
    def test_what_is_not_on_offer_is_refused(self, session, parent, changes, refusal):
        with pytest.raises(refusal):
            self.hold(session, parent, **changes)

    def test_an_individual_session_has_no_seats_to_hold(self, service, parent):
        with pytest.raises(SlotNotOffered):
            self.hold(make_occupancy(service, starts_at=TEN), parent)
