"""Rooms: a room and a counsellor together or not at all, at the place where the counsellor is; rooms kept alone."""

from datetime import time, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from catalog.scheduling import services
from catalog.scheduling.enums import BookingStatus, Mode, OccupancyKind, RoomKind
from catalog.scheduling.errors import (
    HoursInvalid,
    NotYourPlace,
    RoomNameTaken,
    RoomTaken,
    SlotInThePast,
    SlotNotOffered,
    SlotTaken,
)
from catalog.scheduling.models import Booking, Occupancy
from catalog.scheduling.selectors import next_open_slots, open_slots, room_uses, rooms_of
from catalog.scheduling.services.availability import WorkingHours
from tests.factories import (
    make_location,
    make_parent,
    make_partner,
    make_provider,
    make_service,
    next_weekday,
    shanghai,
)

pytestmark = pytest.mark.django_db
SATURDAY = next_weekday(5)
TEN = shanghai(SATURDAY, 10)
MORNING = ((5, time(9), time(12)),)


@pytest.fixture
def partner():
    return make_partner()


@pytest.fixture
def place(partner):
    return make_location(partner)


@pytest.fixture
def room(place):
    return services.add_room(location=place, name="一号室", capacity=3)


def counsellor(partner, **fields):
    return make_provider(partner=partner, weekly=MORNING, **fields)


def session(*providers, **fields):
    return make_service(*providers, **{"needs_room": True} | fields)


def hold(service, provider=None, *, starts_at=TEN, mode=Mode.IN_PERSON, parent=None, **fields):
    parent = parent or make_parent()
    return services.hold_slot(
        service=service,
        provider=provider or service.providers.first(),
        starts_at=starts_at,
        child=parent.children.first(),
        mode=mode,
        booked_by=parent,
        **fields,
    )


def modes_at(service, starts_at=TEN, **options):
    slots = open_slots(service=service, from_on=SATURDAY, to_on=SATURDAY, **options)
    return next((slot.modes for slot in slots if slot.starts_at == starts_at), None)


class TestWithASession:
    def test_the_smallest_room_that_fits_is_taken_with_it(self, partner, place, room):
        small = services.add_room(location=place, name="二号室", capacity=2)
        services.add_room(location=place, name="一人间", capacity=1)
        service = session(counsellor(partner), counsellor(partner), location=place)
        taken = [hold(service, provider).occupancy for provider in service.providers.all()]
        assert [(each.room, each.location) for each in taken] == [(small, place), (room, place)]

    def test_without_a_room_there_is_no_session(self, partner, place, room):
        service = session(counsellor(partner), counsellor(partner), location=place)
        first, second = service.providers.all()
        hold(service, first)
        with pytest.raises(RoomTaken) as refusal:
            hold(service, second)
        assert refusal.value.alternatives  # by telephone it can still be had at that time
        assert Occupancy.objects.count() == Booking.objects.count() == 1

    def test_remote_sessions_need_none(self, partner, place, room):
        service = session(counsellor(partner), counsellor(partner), location=place)
        first, second = service.providers.all()
        hold(service, first)
        assert hold(service, second, mode=Mode.VIDEO).occupancy.room is None

    def test_what_is_shown_knows_of_rooms(self, partner, place, room):
        service = session(counsellor(partner), counsellor(partner), location=place)
        first, second = service.providers.all()
        assert modes_at(service) == tuple(Mode)
        hold(service, first)
        assert modes_at(service) == (Mode.PHONE, Mode.VIDEO, Mode.TEXT)
        assert modes_at(session(second, location=place, modes=[Mode.IN_PERSON])) is None
        [next_one] = next_open_slots(services=[service], count=1)[service.pk]
        assert (next_one.location_id, next_one.modes) == (place.pk, tuple(Mode))

    def test_a_room_that_only_an_ended_hold_keeps_is_free(self, partner, place, room):
        """Another counsellor's hold, on another product: nobody tidied it up yet."""
        service, other = session(counsellor(partner), location=place), session(counsellor(partner), location=place)
        ended = hold(service)
        assert modes_at(other, now=ended.held_until) == tuple(Mode)
        second = hold(other, now=ended.held_until)
        ended.refresh_from_db()
        assert second.occupancy.room == room
        assert (ended.status, ended.occupancy.is_live) == (BookingStatus.CANCELLED, False)

    def test_buffers_keep_the_room_too(self, partner, place, room):
        providers = [make_provider(partner=partner) for _ in range(2)]
        service = session(*providers, location=place, buffer_before_minutes=20)
        hold(service, providers[0])  # busy from 9:40 to 11:00
        with pytest.raises(RoomTaken):
            hold(service, providers[1], starts_at=TEN + timedelta(hours=1))
        assert hold(service, providers[1], starts_at=TEN + timedelta(minutes=90))

    def test_a_room_out_of_use_is_not_taken(self, partner, place, room):
        services.change_room(room=room, name=room.name, capacity=3, is_active=False)
        service = session(counsellor(partner), location=place)
        with pytest.raises(RoomTaken):
            hold(service)
        assert Mode.IN_PERSON not in modes_at(service)

    def test_a_line_is_no_room(self, partner, place):
        services.add_room(location=place, name="热线", kind=RoomKind.LINE)
        with pytest.raises(RoomTaken):
            hold(session(counsellor(partner), location=place))

    def test_free_times_of_many_services_cost_one_query_more(self, partner, place, room, django_assert_num_queries):
        made = [session(make_provider(partner=partner), location=place) for _ in range(3)]
        for several in (made[:1], made):
            with django_assert_num_queries(5):
                assert all(next_open_slots(services=several, count=3).values())


class TestWhere:
    """The counsellor is at one place in the morning, at another in the afternoon."""

    @pytest.fixture
    def there(self, partner):
        return make_location(partner)

    @pytest.fixture
    def provider(self, partner, place, there):
        provider = make_provider(partner=partner, weekly=())
        hours = [
            WorkingHours(5, time(9), time(12), (), place.pk),
            WorkingHours(5, time(12), time(15), (), there.pk),
        ]
        services.set_weekly_availability(provider=provider, hours=hours)
        return provider

    def test_in_person_counts_only_the_services_own_place(self, provider, place):
        service = make_service(provider, location=place)
        assert modes_at(service) == tuple(Mode)
        assert modes_at(service, shanghai(SATURDAY, 13)) == (Mode.PHONE, Mode.VIDEO, Mode.TEXT)

    def test_without_a_place_of_its_own_it_is_where_the_counsellor_is(self, provider, place, there):
        service = make_service(provider)
        slots = open_slots(service=service, from_on=SATURDAY, to_on=SATURDAY)
        where = {f"{slot.starts_at:%H:%M}": slot.location_id for slot in slots if Mode.IN_PERSON in slot.modes}
        assert (where["10:00"], where["13:00"]) == (place.pk, there.pk)
        assert "11:30" not in where  # nobody changes place in the middle
        assert hold(service, starts_at=shanghai(SATURDAY, 13)).occupancy.location == there

    def test_the_room_is_there_as_well(self, provider, place, there, room):
        service = session(provider)
        assert hold(service).occupancy.room == room
        with pytest.raises(RoomTaken):
            hold(service, starts_at=shanghai(SATURDAY, 13))

    def test_nowhere_there_is_no_room(self, partner, room):
        service = session(counsellor(partner))
        assert modes_at(service) == (Mode.PHONE, Mode.VIDEO, Mode.TEXT)
        with pytest.raises(SlotNotOffered):
            hold(service)

    def test_opened_at_a_place_means_in_person_there(self, partner, place, there):
        provider = make_provider(partner=partner, weekly=())
        services.add_exception(
            provider=provider, starts_at=TEN, ends_at=TEN + timedelta(hours=1), is_open=True, location=there
        )
        assert modes_at(make_service(provider, location=place)) == (Mode.PHONE, Mode.VIDEO, Mode.TEXT)
        assert modes_at(make_service(provider, location=there)) == tuple(Mode)

    def test_places_of_others_are_refused(self, provider):
        elsewhere = make_location(make_partner())
        with pytest.raises(NotYourPlace):
            services.set_weekly_availability(
                provider=provider, hours=[WorkingHours(5, time(9), time(12), (), elsewhere.pk)]
            )
        with pytest.raises(NotYourPlace):
            services.add_exception(
                provider=provider, starts_at=TEN, ends_at=TEN + timedelta(hours=1), is_open=True, location=elsewhere
            )


class TestKeptAlone:
    def reserve(self, room, provider, hour=10, **fields):
        wish = {"starts_at": shanghai(SATURDAY, hour), "ends_at": shanghai(SATURDAY, hour + 2)}
        return services.reserve_room(room=room, provider=provider, **wish | fields)

    def test_it_takes_the_room_and_the_provider(self, partner, place, room):
        on_duty, other = counsellor(partner), counsellor(partner)
        kept = self.reserve(room, on_duty)
        assert (kept.kind, kept.room, kept.location) == (OccupancyKind.BLOCKED, room, place)
        assert modes_at(session(on_duty, location=place)) is None
        with pytest.raises(RoomTaken):
            hold(session(other, location=place))
        with pytest.raises(RoomTaken):
            self.reserve(room, other)
        with pytest.raises(SlotTaken):
            self.reserve(services.add_room(location=place, name="二号室"), on_duty)

    def test_a_line_is_kept_the_same_way(self, partner, place):
        line = services.add_room(location=place, name="热线", kind=RoomKind.LINE)
        self.reserve(line, counsellor(partner))
        with pytest.raises(RoomTaken):
            self.reserve(line, counsellor(partner))

    def test_given_back_it_is_free(self, partner, place, room):
        provider = counsellor(partner)
        kept = self.reserve(room, provider)
        services.release_reservation(partner=make_partner(), public_id=kept.public_id)
        assert modes_at(session(provider, location=place)) is None
        services.release_reservation(partner=partner, public_id=kept.public_id)
        services.release_reservation(partner=partner, public_id=kept.public_id)
        assert modes_at(session(provider, location=place)) == tuple(Mode)

    def test_a_familys_session_is_not_given_back_so(self, partner, place, room):
        booking = hold(session(counsellor(partner), location=place))
        services.release_reservation(partner=partner, public_id=booking.occupancy.public_id)
        assert Occupancy.objects.get(pk=booking.occupancy_id).is_live

    def test_what_makes_no_sense_is_refused(self, partner, room):
        provider = counsellor(partner)
        now = timezone.now()
        for fields, refusal in (
            ({"ends_at": TEN}, HoursInvalid),
            ({"ends_at": TEN + timedelta(hours=25)}, HoursInvalid),
            ({"starts_at": now, "ends_at": now + timedelta(hours=1)}, SlotInThePast),
            ({"provider": make_provider()}, NotYourPlace),
        ):
            with pytest.raises(refusal):
                self.reserve(room, **{"provider": provider} | fields)

    def test_an_ended_hold_does_not_stand_in_the_way(self, partner, place, room):
        ended = hold(session(counsellor(partner), location=place))
        assert self.reserve(room, counsellor(partner), now=ended.held_until)


def test_the_database_keeps_a_room_from_being_used_twice(partner, place, room):
    service = session(counsellor(partner), counsellor(partner), location=place)
    taken = hold(service).occupancy
    with pytest.raises(IntegrityError, match="room_never_used_twice"):
        Occupancy.objects.create(
            provider=service.providers.last(), room=room, busy_from=taken.starts_at, starts_at=taken.starts_at,
            ends_at=taken.ends_at, busy_until=taken.ends_at,
        )  # fmt: skip


def test_names_are_unique_at_a_place(place, room):
    with pytest.raises(RoomNameTaken):
        services.add_room(location=place, name=" 一号室 ")
    other = services.add_room(location=place, name="二号室")
    with pytest.raises(RoomNameTaken):
        services.change_room(room=other, name="一号室", capacity=2, is_active=True)


def test_a_partner_sees_its_rooms_and_their_use(partner, place, room):
    booking = hold(session(counsellor(partner), location=place))
    services.add_room(location=make_location(make_partner()), name="别家")
    assert list(rooms_of(partner)) == [room]
    assert list(room_uses(partner, SATURDAY, SATURDAY)) == [booking.occupancy]
    assert not room_uses(partner, SATURDAY + timedelta(days=1), SATURDAY + timedelta(days=1))
