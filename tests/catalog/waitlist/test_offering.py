"""Who is offered what, and in which order."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest

from catalog.scheduling.enums import Attendee, BookingStatus
from catalog.scheduling.models import Booking, Occupancy
from catalog.scheduling.services import expire_holds, hold_slot
from catalog.waitlist import bands
from catalog.waitlist.enums import EntryState, NeedBand, OfferState
from catalog.waitlist.models import WaitlistOffer
from catalog.waitlist.services import decline_offer, offer_times
from marketplace.families.models import Guardianship
from marketplace.notifications.models import Message
from tests.catalog.waitlist.made import NOON, SATURDAY, TEN, one_hour, short_week
from tests.factories import make_child, make_occupancy, make_parent, make_service, shanghai
from tests.factories.waitlist import make_entry
from tests.support.oversold import oversold

pytestmark = pytest.mark.django_db


def offered(now=NOON, **which):
    return [offer.entry for offer in offer_times(now=now, **which)]


def test_a_free_time_is_kept_for_who_waits_and_they_are_told(service):
    entry = make_entry(service=service)

    [offer] = offer_times(now=NOON)

    booking = Booking.objects.get()
    assert (offer.entry, offer.starts_at, offer.state) == (entry, TEN, OfferState.OPEN)
    assert (booking.status, booking.booked_by, booking.held_until) == (
        BookingStatus.PENDING,
        entry.joined_by,
        offer.expires_at,
    )
    assert offer.expires_at == NOON + timedelta(hours=2)
    entry.refresh_from_db()
    assert entry.state == EntryState.OFFERED
    message = Message.objects.get(channel="in_app")
    assert message.recipient == entry.joined_by
    assert message.url == f"/waitlist/{entry.public_id}/"


def test_messages_say_neither_what_nor_with_whom(service):
    make_entry(service=service)
    offer_times(now=NOON)
    provider = service.providers.get()
    for message in Message.objects.all():
        for secret in (service.product.title, provider.name, provider.partner.name):
            assert secret not in message.body + message.subject


def test_nothing_is_offered_while_nothing_is_free(service, taken):
    make_entry(service=service)
    assert offered() == []


def test_a_freed_time_goes_to_who_waits_longest(service):
    late, early = make_entry(service=service, days=1), make_entry(service=service, days=9)
    assert offered() == [early]
    assert offered() == []
    late.refresh_from_db()
    assert late.state == EntryState.WAITING


def test_need_comes_before_waiting_and_a_day_to_keep_before_that(service):
    make_entry(service=service, days=30)
    make_entry(service=service, days=20, needed_by=NOON.date() + timedelta(days=7))
    urgent = make_entry(service=service, days=1, need_band=NeedBand.SOON)
    assert offered() == [urgent]


def test_a_day_to_keep_comes_before_waiting(service):
    make_entry(service=service, days=30)
    pathway = make_entry(service=service, days=1, needed_by=NOON.date() + timedelta(days=7))
    assert offered() == [pathway]


def test_the_registered_rule_says_the_band_until_the_provider_does(service, monkeypatch):
    old, new = make_entry(service=service, days=9), make_entry(service=service, days=1)
    needy = new.children.get().pk
    monkeypatch.setattr(bands, "_rule", [lambda child: NeedBand.FIRST if child.pk == needy else NeedBand.ROUTINE])
    old.need_band = NeedBand.FIRST
    old.save()
    assert offered() == [old]
    WaitlistOffer.objects.get().places.get().booking.delete()
    WaitlistOffer.objects.all().delete()
    Occupancy.objects.all().delete()
    type(old).objects.filter(pk=old.pk).update(need_band=None, state=EntryState.WAITING)
    assert offered() == [new]


@pytest.mark.parametrize(
    "wishes",
    [
        {"weekdays": [6]},
        {"modes": ["video"]},
        {"to_time": time(10, 30)},
        {"from_time": time(10, 30)},
        {"from_on": SATURDAY + timedelta(days=1)},
        {"to_on": SATURDAY - timedelta(days=1)},
    ],
)
def test_who_it_does_not_suit_is_passed_over_and_keeps_their_place(service, wishes):
    first, second = make_entry(service=service, days=9, **wishes), make_entry(service=service, days=1)
    assert offered() == [second]
    first.refresh_from_db()
    assert first.state == EntryState.WAITING


@pytest.mark.parametrize(
    "wishes",
    [
        {"weekdays": [5]},
        {"modes": ["phone"]},
        {"from_time": time(10), "to_time": time(10, 50)},
        {"from_on": SATURDAY, "to_on": SATURDAY},
    ],
)
def test_what_suits_is_offered(service, wishes):
    entry = make_entry(service=service, **wishes)
    assert offered() == [entry]


def test_a_provider_asked_for_is_the_one_who_is_offered():
    one, other = short_week(), short_week()
    service = one_hour(one, other)
    make_entry(service=service, provider=other)
    [offer] = offer_times(now=NOON)
    assert offer.places.get().booking.occupancy.provider == other


def test_with_two_places_two_are_served_in_one_round():
    service = one_hour(short_week(10, 13))
    entries = [make_entry(service=service, days=days) for days in (3, 2, 1)]
    assert offered(service_ids=[service.pk])[:2] == entries[:2]


def test_of_two_lists_each_gets_its_own(service):
    other = one_hour()
    one, two = make_entry(service=service), make_entry(service=other)
    assert set(offered()) == {one, two}


def test_only_lists_of_these_providers_are_served(service):
    other = one_hour()
    make_entry(service=service)
    two = make_entry(service=other)
    assert offered(provider_ids=[other.providers.get().pk]) == [two]


@pytest.mark.parametrize("state", [EntryState.PAUSED, EntryState.LEFT, EntryState.MET, EntryState.ENDED])
def test_who_does_not_wait_is_offered_nothing(service, state):
    make_entry(service=service, state=state)
    assert offered() == []


def test_a_child_who_has_something_then_is_offered_another_time():
    service = one_hour(short_week(10, 12))
    entry = make_entry(service=service)
    hold_slot(
        service=make_service(),
        provider=None,
        starts_at=TEN,
        child=entry.children.get(),
        mode="phone",
        booked_by=entry.joined_by,
        held_for=timedelta(days=9),
        now=NOON,
    )
    [offer] = offer_times(service_ids=[service.pk], now=NOON)
    assert offer.starts_at == TEN + timedelta(hours=1)


def test_who_no_longer_cares_for_the_child_is_taken_off_the_list(service):
    gone, next_one = make_entry(service=service, days=9), make_entry(service=service)
    Guardianship.objects.filter(guardian=gone.joined_by).delete()
    assert offered() == [next_one]
    gone.refresh_from_db()
    assert gone.state == EntryState.ENDED


def test_who_keeps_too_many_times_already_is_passed_over(service):
    entry, next_one = make_entry(service=service, days=9), make_entry(service=service)
    for _ in range(5):
        child = make_child(entry.joined_by)
        hold_slot(
            service=make_service(),
            provider=None,
            starts_at=TEN,
            child=child,
            mode="phone",
            booked_by=entry.joined_by,
            now=NOON,
        )
    assert offered() == [next_one]


def test_an_offer_that_lapsed_passes_on_before_anybody_tidies(service):
    first, second = make_entry(service=service, days=9), make_entry(service=service)
    [offer] = offer_times(now=NOON)
    later = offer.expires_at
    assert offered(now=later - timedelta(seconds=1)) == []
    assert offered(now=later) == [second]
    offer.refresh_from_db()
    first.refresh_from_db()
    assert (offer.state, first.state) == (OfferState.LAPSED, EntryState.WAITING)


def test_an_offer_passes_on_when_beat_ends_the_hold(service, django_capture_on_commit_callbacks):
    make_entry(service=service, days=9)
    second = make_entry(service=service)
    [offer] = offer_times(now=NOON)
    expire_holds(now=offer.expires_at)
    assert offered(now=offer.expires_at) == [second]


def test_the_near_time_is_kept_for_less_and_the_nearest_not_at_all(service):
    service.minimum_notice_minutes = 120
    service.save()
    make_entry(service=service)
    assert offered(now=TEN - timedelta(minutes=134)) == []
    [offer] = offer_times(now=TEN - timedelta(minutes=135))
    assert offer.expires_at == TEN - timedelta(hours=2)


def test_at_night_it_is_kept_until_people_had_two_hours_awake(service):
    make_entry(service=service)
    [offer] = offer_times(now=shanghai(SATURDAY - timedelta(days=2), 21))
    assert offer.expires_at == shanghai(SATURDAY - timedelta(days=1), 9)


class TestTogether:
    def test_siblings_are_offered_seats_in_one_session_or_nothing(self, group):
        parent = make_parent(children=2)
        family = make_entry(service=group.service, joined_by=parent, children=parent.children.all(), days=3)
        [offer] = offer_times(now=NOON)
        bookings = [place.booking for place in offer.places.all()]
        assert offer.entry == family
        assert {booking.child for booking in bookings} == set(parent.children.all())
        assert len({booking.together_id for booking in bookings} - {None}) == 1
        group.refresh_from_db()
        assert group.seats_taken == 2

    def test_one_seat_too_few_is_left_for_who_needs_one(self, group):
        parent = make_parent(children=2)
        family = make_entry(service=group.service, joined_by=parent, children=parent.children.all(), days=3)
        Occupancy.objects.filter(pk=group.pk).update(seats_taken=1)
        single = make_entry(service=group.service, days=1)
        assert offered() == [single]
        family.refresh_from_db()
        assert family.state == EntryState.WAITING and not family.offers.exists()

    def test_a_guardian_who_comes_along_takes_a_seat(self, group):
        make_entry(service=group.service, with_guardian=True)
        [offer] = offer_times(now=NOON)
        seats = sorted(place.booking.attendee for place in offer.places.all())
        assert seats == [Attendee.CHILD, Attendee.GUARDIAN]

    def test_siblings_see_providers_side_by_side(self):
        service = one_hour(short_week(), short_week())
        parent = make_parent(children=2)
        make_entry(service=service, joined_by=parent, children=parent.children.all())
        [offer] = offer_times(now=NOON)
        bookings = [place.booking for place in offer.places.all()]
        assert {booking.starts_at for booking in bookings} == {TEN}
        assert len({booking.occupancy.provider_id for booking in bookings}) == 2

    def test_with_one_provider_free_siblings_are_not_torn_apart(self):
        one, other = short_week(), short_week()
        service = one_hour(one, other)
        make_occupancy(service, provider=other, starts_at=TEN)
        parent = make_parent(children=2)
        make_entry(service=service, joined_by=parent, children=parent.children.all())
        assert offered() == []
        assert oversold() == 0

    def test_when_one_place_is_given_back_the_offer_is_over_for_all(self, group):
        parent = make_parent(children=2)
        make_entry(service=group.service, joined_by=parent, children=parent.children.all())
        [offer] = offer_times(now=NOON)
        decline_offer(offer=offer, declined_by=parent, now=NOON)
        group.refresh_from_db()
        assert group.seats_taken == 0
        assert not Booking.objects.filter(status=BookingStatus.PENDING).exists()


def test_what_goes_wrong_with_one_is_not_the_others(service, monkeypatch):
    from catalog.waitlist.services import offering

    broken, fine = make_entry(service=service, days=9), make_entry(service=service)
    ways = offering._ways

    def fail_for_one(entry, *rest):
        if entry == broken:
            raise RuntimeError(uuid4())
        return ways(entry, *rest)

    monkeypatch.setattr(offering, "_ways", fail_for_one)
    assert offered() == [fine]


def test_a_round_costs_the_same_however_many_wait_in_vain(service, django_assert_max_num_queries):
    for days in range(12):
        make_entry(service=service, days=days, weekdays=[6], to_on=date.max)
    with django_assert_max_num_queries(10):
        assert offer_times(now=NOON) == []
