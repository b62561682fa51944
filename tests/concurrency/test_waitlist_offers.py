"""Freed times and those who wait, on real connections: with each guard, and without it."""

import threading
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from catalog.scheduling.enums import BookingStatus, CancelledBy
from catalog.scheduling.models import Booking, Occupancy
from catalog.scheduling.services import cancel_booking, expire_holds, keeping
from catalog.waitlist.enums import EntryState, OfferState
from catalog.waitlist.errors import OfferOver, OfferWaits
from catalog.waitlist.models import OfferedPlace, WaitlistEntry, WaitlistOffer
from catalog.waitlist.services import (
    accept_offer,
    decline_offer,
    leave_waitlist,
    leaving,
    offer_times,
    offering,
    set_offering_going,
)
from tests.factories import make_booking, make_child, make_parent, make_service, next_weekday, shanghai
from tests.factories.waitlist import make_entry
from tests.support.oversold import oversold

pytestmark = pytest.mark.django_db(transaction=True)


def double_offers() -> int:
    """Count by plain SQL what must never be: two offers of one entry, of one time of a provider, of one place."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT (SELECT count(*) FROM (
                SELECT 1 FROM waitlist_waitlistoffer WHERE state IN ('open', 'accepted')
                GROUP BY entry_id HAVING count(*) > 1
            ) entries) + (SELECT count(*) FROM (
                SELECT 1 FROM waitlist_waitlistoffer offer
                JOIN waitlist_offeredplace place ON place.offer_id = offer.id
                JOIN scheduling_booking booking ON booking.id = place.booking_id
                JOIN scheduling_occupancy occupancy ON occupancy.id = booking.occupancy_id
                WHERE offer.state IN ('open', 'accepted') AND occupancy.kind = 'individual'
                GROUP BY occupancy.provider_id, occupancy.starts_at HAVING count(DISTINCT offer.id) > 1
            ) times)
            """
        )
        return cursor.fetchone()[0]


def errors_of(outcomes, *refusals):
    for outcome in outcomes:
        assert outcome.error is None or isinstance(outcome.error, refusals), repr(outcome.error)
    return [outcome.error for outcome in outcomes if outcome.error]


@pytest.fixture
def one_a_week():
    """A service with one session in reach, as tests.catalog.waitlist makes it."""
    from tests.catalog.waitlist.made import NOON, one_hour

    return lambda: (one_hour(), NOON)


@pytest.fixture
def without_entry_lock(monkeypatch):
    """Read the entry without locking it, nor the child behind it, and let the database mind nothing."""

    def drop():
        monkeypatch.setattr(offering, "locked_entry", lambda pk: WaitlistEntry.objects.get(pk=pk))
        monkeypatch.setattr(keeping, "_lock_families", lambda wishes: None)
        monkeypatch.setattr(leaving, "locked_entry", lambda pk: WaitlistEntry.objects.get(pk=pk))
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX one_live_offer_per_entry")
            cursor.execute("DROP INDEX a_time_is_offered_once_to_an_entry")
            cursor.execute("ALTER TABLE waitlist_waitlistentry DROP CONSTRAINT waitlist_entry_ends_once")

    return drop


@pytest.fixture
def meeting_before_the_note(monkeypatch):
    """Let so many rivals all see the entry waiting before any of them notes an offer."""

    def arrange(rivals, seconds):
        note, barrier = offering._noted, threading.Barrier(rivals)

        def meet_and_note(*told):
            with suppress(threading.BrokenBarrierError):
                barrier.wait(seconds)
            return note(*told)

        monkeypatch.setattr(offering, "_noted", meet_and_note)

    return arrange


@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "no guard: the race is real"])
def test_two_freed_places_and_one_who_waits(
    run_concurrently, one_a_week, without_entry_lock, meeting_before_the_note, guarded
):
    """Each worker serves a provider of its own, so no provider's lock parts them."""
    from tests.catalog.waitlist.made import one_hour, short_week

    _, now = one_a_week()
    providers = [short_week(10, 11), short_week(14, 15)]
    service = one_hour(*providers)
    make_entry(service=service)
    if not guarded:
        without_entry_lock()
    meeting_before_the_note(2, seconds=1 if guarded else 60)
    slots = offering._free_times(service, now)
    assert len(slots) == 2

    def serve(number):
        [entry] = offering.queues(service_ids=[service.pk])[service.pk]
        entry.service = service
        return offering._first_time_for(entry, [slots[number]], now)

    outcomes = run_concurrently(serve, 2)
    errors_of(outcomes)
    made = [outcome.value for outcome in outcomes if outcome.value]
    assert len(made) == (1 if guarded else 2)
    assert double_offers() == (0 if guarded else 1)
    assert Booking.objects.filter(status=BookingStatus.PENDING).count() == len(made)


@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "no guard: the race is real"])
def test_one_freed_place_and_two_workers(
    run_concurrently, one_a_week, without_lock, without_constraint, meeting_after_the_look, guarded
):
    """Each worker has another family at the head of what it read: one gets the place."""
    service, now = one_a_week()
    entries = [make_entry(service=service, days=days) for days in (9, 3)]
    if not guarded:
        without_lock()
        without_constraint()
    meeting_after_the_look(2)
    slots = offering._free_times(service, now)

    def serve(number):
        entry = next(
            each for each in offering.queues(service_ids=[service.pk])[service.pk] if each.pk == entries[number].pk
        )
        entry.service = service
        return offering._first_time_for(entry, slots, now)

    outcomes = run_concurrently(serve, 2)
    errors_of(outcomes)
    assert len([outcome.value for outcome in outcomes if outcome.value]) == (1 if guarded else 2)
    assert (double_offers(), oversold()) == ((0, 0) if guarded else (1, 1))


def test_ten_workers_at_once_serve_each_time_and_each_family_once(run_concurrently, one_a_week):
    from tests.catalog.waitlist.made import one_hour, short_week

    _, now = one_a_week()
    service = one_hour(short_week(9, 13), short_week(9, 13))
    queue = [make_entry(service=service, days=days) for days in range(12, 0, -1)]
    errors_of(run_concurrently(lambda _: offer_times(service_ids=[service.pk], now=now), 10))
    offers = WaitlistOffer.objects.filter(state=OfferState.OPEN)
    assert {offer.entry_id for offer in offers} == {entry.pk for entry in queue[: len(offers)]}
    assert len(offers) == OfferedPlace.objects.count() == 8
    assert (double_offers(), oversold()) == (0, 0)


@pytest.mark.parametrize("after_commit", [True, False], ids=["after the commit", "before it: the place stays empty"])
def test_a_place_is_given_back_while_another_worker_looks(run_concurrently, one_a_week, monkeypatch, after_commit):
    """Cancel and offer: told before the commit, the worker finds nothing, and nobody ever looks again."""
    from catalog.waitlist import receivers

    service, now = one_a_week()
    booking = make_booking(service=service, starts_at=_ten(), status=BookingStatus.BOOKED)
    make_entry(service=service)
    told, looked = threading.Event(), threading.Event()

    def tell_a_worker(**_):
        if not told.is_set():  # the worker itself tells of what it offers, too
            told.set()
            looked.wait(60)

    if after_commit:
        monkeypatch.setattr(receivers.services, "set_offering_going", tell_a_worker)
    else:
        monkeypatch.setattr(receivers.transaction, "on_commit", lambda act, **_: tell_a_worker())

    def act(number):
        if number == 0:
            return cancel_booking(booking_id=booking.pk, cancelled_by=CancelledBy.FAMILY, now=now)
        told.wait(60)
        made = offer_times(service_ids=[service.pk], now=now)
        looked.set()
        return made

    outcomes = run_concurrently(act, 2)
    errors_of(outcomes)
    assert len(outcomes[1].value) == (1 if after_commit else 0)
    assert (double_offers(), oversold()) == (0, 0)


def test_whoever_cancels_while_many_workers_look_the_place_is_offered_once(run_concurrently, one_a_week, monkeypatch):
    service, now = one_a_week()
    booking = make_booking(service=service, starts_at=_ten(), status=BookingStatus.BOOKED)
    first = make_entry(service=service, days=9)
    make_entry(service=service)
    monkeypatch.setattr(
        "catalog.waitlist.receivers.services.set_offering_going",
        lambda **_: offer_times(service_ids=[service.pk], now=now),
    )

    def act(number):
        if number == 0:
            return cancel_booking(booking_id=booking.pk, cancelled_by=CancelledBy.FAMILY, now=now)
        return offer_times(service_ids=[service.pk], now=now)

    errors_of(run_concurrently(act, 6))
    assert WaitlistOffer.objects.get().entry == first
    assert (double_offers(), oversold()) == (0, 0)


@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "no guard: the race is real"])
def test_somebody_leaves_while_a_time_is_kept_for_them(
    run_concurrently, one_a_week, without_entry_lock, monkeypatch, guarded
):
    service, now = one_a_week()
    entry = make_entry(service=service)
    if not guarded:
        without_entry_lock()
    seen, left = threading.Event(), threading.Event()
    note = offering._noted

    def note_late(*told):
        seen.set()
        left.wait(1 if guarded else 60)  # guarded, the one who leaves waits for us
        return note(*told)

    monkeypatch.setattr(offering, "_noted", note_late)

    def act(number):
        if number == 0:
            return offer_times(service_ids=[service.pk], now=now)
        seen.wait(60)
        try:
            return leave_waitlist(entry=entry, left_by=entry.joined_by, now=now)
        finally:
            left.set()

    errors_of(run_concurrently(act, 2), OfferWaits)
    entry.refresh_from_db()
    kept = WaitlistOffer.objects.filter(state=OfferState.OPEN).exists()
    if guarded:
        assert (entry.state, kept) == (EntryState.LEFT, False)
        assert not Occupancy.objects.filter(is_live=True).exists()
    else:
        assert kept  # kept for somebody who has left


def test_a_cancelled_place_is_kept_for_the_next_with_the_commit_itself(transactional_db):
    """Within a minute is what was asked for (SCH-02); nothing but the commit and a worker lies between."""
    from tests.catalog.waitlist.made import one_hour

    service = one_hour(horizon_days=28)
    [slot, *others] = offering._free_times(service, timezone.now())
    bookings = [make_booking(service=service, starts_at=each.starts_at) for each in (slot, *others)]
    entry = make_entry(service=service)
    cancel_booking(booking_id=bookings[0].pk, cancelled_by=CancelledBy.FAMILY)
    offer = WaitlistOffer.objects.get()
    assert (offer.entry, offer.starts_at, offer.state) == (entry, slot.starts_at, OfferState.OPEN)
    assert offer.offered_at - Booking.objects.get(pk=bookings[0].pk).cancelled_at < timedelta(seconds=60)


def test_yes_and_the_end_of_the_offer_at_the_same_moment(run_concurrently, one_a_week):
    """Whoever comes first wins; a time in a basket is held, and one that is not held is in no basket."""
    service, now = one_a_week()
    entry = make_entry(service=service)
    [offer] = offer_times(service_ids=[service.pk], now=now)

    def act(number):
        if number == 0:
            return accept_offer(offer=offer, accepted_by=entry.joined_by, now=offer.expires_at - timedelta(seconds=1))
        return expire_holds(now=offer.expires_at)

    refused = errors_of(run_concurrently(act, 2), OfferOver)
    offer.refresh_from_db()
    booking = Booking.objects.get()
    assert bool(refused) == (offer.state == OfferState.LAPSED)
    assert (offer.state == OfferState.ACCEPTED) == (booking.status == BookingStatus.PENDING)


def test_yes_and_no_at_the_same_moment(run_concurrently, one_a_week):
    service, now = one_a_week()
    entry = make_entry(service=service)
    [offer] = offer_times(service_ids=[service.pk], now=now)

    def act(number):
        if number == 0:
            return accept_offer(offer=offer, accepted_by=entry.joined_by, now=now)
        return decline_offer(offer=offer, declined_by=entry.joined_by, now=now)

    from catalog.waitlist.errors import OfferAccepted

    assert len(errors_of(run_concurrently(act, 2), OfferOver, OfferAccepted)) == 1
    offer.refresh_from_db()
    entry.refresh_from_db()
    assert (offer.state, entry.state) in {
        (OfferState.ACCEPTED, EntryState.OFFERED),
        (OfferState.DECLINED, EntryState.WAITING),
    }


def test_one_child_joins_once_however_often_it_is_sent(run_concurrently):
    from catalog.waitlist.errors import AlreadyWaiting
    from catalog.waitlist.services import join_waitlist

    service, parent = make_service(), make_parent()
    children = list(parent.children.all())
    act = lambda _: join_waitlist(service=service, joined_by=parent, children=children)  # noqa: E731
    assert len(errors_of(run_concurrently(act, 5), AlreadyWaiting)) == 4


def test_one_person_never_stands_on_more_lists_than_allowed(run_concurrently):
    from catalog.waitlist.errors import TooManyEntries
    from catalog.waitlist.rules import MAX_ENTRIES
    from catalog.waitlist.services import join_waitlist

    parent = make_parent(children=0)
    services = [make_service() for _ in range(2 * MAX_ENTRIES)]
    children = [make_child(parent) for _ in services]
    act = lambda n: join_waitlist(service=services[n], joined_by=parent, children=[children[n]])  # noqa: E731
    errors_of(run_concurrently(act, len(services)), TooManyEntries)
    assert WaitlistEntry.objects.count() == MAX_ENTRIES


def test_without_a_broker_nothing_fails(one_a_week, monkeypatch):
    """The commit stands, and beat offers within half a minute."""
    from catalog.waitlist.tasks import offer_freed_times

    def no_broker(**_):
        raise ConnectionError

    service, now = one_a_week()
    booking = make_booking(service=service, starts_at=_ten(), status=BookingStatus.BOOKED)
    make_entry(service=service)
    monkeypatch.setattr(offer_freed_times, "apply_async", no_broker)
    cancel_booking(booking_id=booking.pk, cancelled_by=CancelledBy.FAMILY, now=now)
    with pytest.raises(ConnectionError):
        set_offering_going(service_ids=[service.pk])
    assert len(offer_times(now=now)) == 1


def _ten():
    return shanghai(next_weekday(2) + timedelta(days=3), 10)
