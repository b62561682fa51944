"""What went wrong on pretix's waiting list, and cannot here: each test is named after its thread."""

from datetime import timedelta

import pytest

from catalog.basket.selectors import open_basket_of
from catalog.order.models import Order
from catalog.order.services import place_order
from catalog.scheduling.enums import BookingStatus, CancelledBy
from catalog.scheduling.models import Booking, Occupancy
from catalog.scheduling.services import cancel_booking, confirm_bookings
from catalog.waitlist.enums import EntryState, OfferState
from catalog.waitlist.models import WaitlistOffer
from catalog.waitlist.services import accept_offer, decline_offer, offer_times
from tests.catalog.order.placed import pay
from tests.catalog.waitlist.made import NOON, TEN, one_hour, short_week
from tests.factories import make_parent
from tests.factories.waitlist import make_entry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("minutes", [-1, 0, 1, 15, 600])
def test_pretix_1031_nothing_is_offered_after_the_start(service, minutes):
    """A voucher was sent a quarter of an hour after the event had begun (pretix/pretix/issues/1031)."""
    type(service).objects.filter(pk=service.pk).update(minimum_notice_minutes=0)
    make_entry(service=service)
    assert offer_times(now=TEN + timedelta(minutes=minutes)) == []
    assert offer_times(now=TEN - timedelta(minutes=16))[0].expires_at == TEN


def test_pretix_1031_what_is_kept_ends_before_the_start_even_when_accepted(service):
    type(service).objects.filter(pk=service.pk).update(minimum_notice_minutes=0)
    make_entry(service=service)
    [offer] = offer_times(now=TEN - timedelta(minutes=20))
    accept_offer(offer=offer, accepted_by=offer.entry.joined_by, now=TEN - timedelta(minutes=1))
    assert Booking.objects.get().held_until == TEN


def test_pretix_2119_the_first_is_served_before_the_last_whatever_they_first_looked_at(service):
    """The last one got the voucher, because the first waited for a cheaper product (pretix/pretix/issues/2119).

    Here one waits for a service, not for a price or a date: what was on sale when they joined changes nothing.
    """
    first = make_entry(service=service, days=90, provider=service.providers.get())
    last = make_entry(service=service, days=1)
    service.product.stockrecords.update(price=500)
    assert [offer.entry for offer in offer_times(now=NOON)] == [first]
    last.refresh_from_db()
    assert last.state == EntryState.WAITING


def test_pretix_2119_of_two_freed_places_both_heads_of_the_queue_get_one():
    service = one_hour(short_week(10, 12))
    queue = [make_entry(service=service, days=days) for days in (90, 60, 30, 1)]
    assert [offer.entry for offer in offer_times(now=NOON)] == queue[:2]


def test_pretix_1163_who_got_a_place_and_gave_it_back_is_not_offered_another(service):
    """Whoever had used a voucher and cancelled got a new one, before all others (pretix/pretix/issues/1163)."""
    used = make_entry(service=service, days=90)
    waiting = make_entry(service=service, days=1)
    [offer] = offer_times(now=NOON)
    accept_offer(offer=offer, accepted_by=used.joined_by, now=NOON)
    booking = Booking.objects.get()
    confirm_bookings(booking_ids=[booking.pk], now=NOON)
    cancel_booking(booking_id=booking.pk, cancelled_by=CancelledBy.FAMILY, now=NOON + timedelta(minutes=8))
    assert [each.entry for each in offer_times(now=NOON + timedelta(minutes=8))] == [waiting]
    used.refresh_from_db()
    assert used.state == EntryState.MET


def test_pretix_1163_a_place_given_back_is_the_next_ones_at_once_and_not_kept_by_the_old_offer(service):
    """A voucher that was used and given back stayed good, so its place went to nobody (the same thread, 2026)."""
    make_entry(service=service, days=90)
    [offer] = offer_times(now=NOON)
    accept_offer(offer=offer, accepted_by=offer.entry.joined_by, now=NOON)
    confirm_bookings(booking_ids=[Booking.objects.get().pk], now=NOON)
    cancel_booking(booking_id=Booking.objects.get().pk, cancelled_by=CancelledBy.FAMILY, now=NOON)
    offer.refresh_from_db()
    assert offer.state == OfferState.TAKEN
    assert not Occupancy.objects.filter(is_live=True).exists()
    newcomer = make_entry(service=service)
    assert [each.entry for each in offer_times(now=NOON)] == [newcomer]


def test_pretix_974_a_family_is_served_together_or_not_at_all(group):
    """Each ticket had to be waited for alone: one could come, the other not (pretix/pretix/issues/974)."""
    parent = make_parent(children=2)
    family = make_entry(service=group.service, joined_by=parent, children=parent.children.all(), days=9)
    Occupancy.objects.filter(pk=group.pk).update(seats_taken=1)
    assert offer_times(now=NOON) == []
    Occupancy.objects.filter(pk=group.pk).update(seats_taken=0)
    [offer] = offer_times(now=NOON)
    lines = accept_offer(offer=offer, accepted_by=parent, now=NOON)
    assert offer.entry == family
    assert {line.child for line in lines} == set(parent.children.all())


def test_pretix_974_a_seat_too_few_for_a_family_does_not_stay_empty(group):
    parent = make_parent(children=2)
    make_entry(service=group.service, joined_by=parent, children=parent.children.all(), days=9)
    Occupancy.objects.filter(pk=group.pk).update(seats_taken=1)
    single = make_entry(service=group.service)
    assert [offer.entry for offer in offer_times(now=NOON)] == [single]


def test_pretix_5811_one_entry_never_has_two_offers(service):
    """Two vouchers were made for one entry (pretix/pretix/pull/5811); for the race see tests/concurrency."""
    make_entry(service=service)
    other = one_hour()
    make_entry(service=other)
    assert len(offer_times(now=NOON)) == 2
    assert offer_times(now=NOON) == []
    assert WaitlistOffer.objects.filter(state=OfferState.OPEN).count() == 2


def test_a_family_that_waited_books_and_pays_as_any_other():
    entry = make_entry(service=one_hour(horizon_days=28))
    [offer] = offer_times()
    person = entry.joined_by
    accept_offer(offer=offer, accepted_by=person)
    order = place_order(
        user=person, basket=open_basket_of(person), contact_name=person.nickname, contact_phone=person.phone or ""
    )
    pay(order)
    entry.refresh_from_db()
    offer.refresh_from_db()
    assert Order.objects.get().lines.get().booking.status == BookingStatus.BOOKED
    assert (entry.state, offer.state) == (EntryState.MET, OfferState.TAKEN)


def test_a_declined_time_goes_round_the_queue_once(service):
    queue = [make_entry(service=service, days=days) for days in (9, 6, 3)]
    served = []
    while offers := offer_times(now=NOON):
        served += [offer.entry for offer in offers]
        for offer in offers:
            decline_offer(offer=offer, declined_by=offer.entry.joined_by, now=NOON)
    assert served == queue
