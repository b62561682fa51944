"""Yes, no, or no answer to a time that is kept."""

from datetime import timedelta

import pytest

from catalog.basket.models import Line
from catalog.basket.selectors import open_basket_of
from catalog.basket.services import remove_line
from catalog.scheduling.enums import BookingStatus, CancelledBy
from catalog.scheduling.models import Booking
from catalog.scheduling.rules import HOLD_FOR
from catalog.scheduling.services import confirm_bookings, expire_holds, release_bookings
from catalog.waitlist.enums import EntryState, OfferState
from catalog.waitlist.errors import NotYourEntry, OfferAccepted, OfferOver
from catalog.waitlist.models import OfferedPlace, WaitlistOffer
from catalog.waitlist.services import accept_offer, decline_offer, offer_times
from marketplace.notifications.models import Message
from tests.catalog.waitlist.made import NOON, one_hour, short_week
from tests.factories import make_booking, make_parent
from tests.factories.waitlist import make_entry

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(minutes=20)


@pytest.fixture
def offer(service) -> WaitlistOffer:
    make_entry(service=service, days=3)
    [offer] = offer_times(now=NOON)
    return offer


def states(offer):
    offer.refresh_from_db()
    offer.entry.refresh_from_db()
    return offer.state, offer.entry.state


def booking_of(offer):
    return Booking.objects.get(offered_place__offer=offer)


def test_yes_puts_the_kept_time_into_the_basket(offer):
    person = offer.entry.joined_by
    [line] = accept_offer(offer=offer, accepted_by=person, now=LATER)
    assert line.basket == open_basket_of(person)
    assert (line.booking, line.child) == (booking_of(offer), offer.entry.children.get())
    assert states(offer) == (OfferState.ACCEPTED, EntryState.OFFERED)
    assert booking_of(offer).held_until == offer.expires_at


def test_yes_twice_is_as_once(offer):
    person = offer.entry.joined_by
    accept_offer(offer=offer, accepted_by=person, now=LATER)
    accept_offer(offer=offer, accepted_by=person, now=LATER)
    assert Line.objects.filter(basket__owner=person).count() == 1


def test_yes_in_the_last_minute_leaves_time_to_pay(offer):
    now = offer.expires_at - timedelta(minutes=1)
    accept_offer(offer=offer, accepted_by=offer.entry.joined_by, now=now)
    assert booking_of(offer).held_until == now + HOLD_FOR


def test_yes_too_late_is_refused_and_nothing_is_bought(offer):
    with pytest.raises(OfferOver):
        accept_offer(offer=offer, accepted_by=offer.entry.joined_by, now=offer.expires_at)
    assert not Line.objects.exists()


def test_yes_to_what_the_provider_took_back_is_refused(offer):
    release_bookings(booking_ids=[booking_of(offer).pk], cancelled_by=CancelledBy.PROVIDER, now=LATER)
    assert states(offer) == (OfferState.WITHDRAWN, EntryState.WAITING)
    with pytest.raises(OfferOver):
        accept_offer(offer=offer, accepted_by=offer.entry.joined_by, now=LATER)
    assert Message.objects.filter(channel="in_app", subject__contains="不行").count() == 1


def test_nobody_else_says_yes(offer):
    with pytest.raises(NotYourEntry):
        accept_offer(offer=offer, accepted_by=make_parent(), now=LATER)


def test_nobody_else_says_no(offer):
    with pytest.raises(NotYourEntry):
        decline_offer(offer=offer, declined_by=make_parent(), now=LATER)


def test_no_gives_it_to_the_next_and_keeps_the_place(offer, service):
    other = make_entry(service=service)
    decline_offer(offer=offer, declined_by=offer.entry.joined_by, now=LATER)
    assert states(offer) == (OfferState.DECLINED, EntryState.WAITING)
    assert [each.entry for each in offer_times(now=LATER)] == [other]


def test_no_to_what_lies_in_the_basket_is_said_there(offer):
    person = offer.entry.joined_by
    [line] = accept_offer(offer=offer, accepted_by=person, now=LATER)
    with pytest.raises(OfferAccepted):
        decline_offer(offer=offer, declined_by=person, now=LATER)
    remove_line(user=person, line_id=line.pk)
    assert states(offer) == (OfferState.DECLINED, EntryState.WAITING)


def test_no_never_cancels_what_is_paid_for(offer):
    person = offer.entry.joined_by
    accept_offer(offer=offer, accepted_by=person, now=LATER)
    confirm_bookings(booking_ids=[booking_of(offer).pk], now=LATER)
    assert states(offer) == (OfferState.TAKEN, EntryState.MET)
    with pytest.raises(OfferOver):
        decline_offer(offer=offer, declined_by=person, now=LATER)
    assert booking_of(offer).status == BookingStatus.BOOKED


def test_a_request_is_met_only_once_the_provider_grants_it(offer, service):
    type(service).objects.filter(pk=service.pk).update(needs_confirmation=True)
    accept_offer(offer=offer, accepted_by=offer.entry.joined_by, now=LATER)
    confirm_bookings(booking_ids=[booking_of(offer).pk], now=LATER)
    assert booking_of(offer).status == BookingStatus.PROPOSED
    assert states(offer) == (OfferState.ACCEPTED, EntryState.OFFERED)
    release_bookings(booking_ids=[booking_of(offer).pk], cancelled_by=CancelledBy.PROVIDER, now=LATER)
    assert states(offer) == (OfferState.WITHDRAWN, EntryState.WAITING)


def test_no_answer_passes_it_on_without_a_word_of_blame(offer):
    expire_holds(now=offer.expires_at)
    assert states(offer) == (OfferState.LAPSED, EntryState.WAITING)
    assert offer.answered_at is None
    assert "位置不变" in Message.objects.filter(channel="in_app").latest("pk").body


def test_a_time_that_was_offered_is_never_offered_to_them_again(offer):
    decline_offer(offer=offer, declined_by=offer.entry.joined_by, now=LATER)
    assert offer_times(now=LATER) == []


def test_after_two_without_an_answer_it_rests_by_itself():
    service = one_hour(short_week(10, 13))
    entry = make_entry(service=service)
    for _ in range(2):
        [offer] = offer_times(service_ids=[service.pk], now=NOON)
        expire_holds(now=offer.expires_at)
    entry.refresh_from_db()
    assert (entry.state, entry.lapses) == (EntryState.PAUSED, 2)
    assert "暂停" in Message.objects.filter(channel="in_app").latest("pk").body
    assert offer_times(service_ids=[service.pk], now=NOON) == []


def test_an_answer_makes_up_for_silence():
    service = one_hour(short_week(10, 13))
    entry = make_entry(service=service)
    [offer] = offer_times(service_ids=[service.pk], now=NOON)
    expire_holds(now=offer.expires_at)
    [offer] = offer_times(service_ids=[service.pk], now=NOON)
    decline_offer(offer=offer, declined_by=entry.joined_by, now=LATER)
    entry.refresh_from_db()
    assert (entry.state, entry.lapses) == (EntryState.WAITING, 0)


def test_what_was_never_offered_ends_without_a_trace(service):
    booking = make_booking(service=service, status=BookingStatus.PENDING)
    release_bookings(booking_ids=[booking.pk], cancelled_by=CancelledBy.FAMILY)
    assert not OfferedPlace.objects.exists()
