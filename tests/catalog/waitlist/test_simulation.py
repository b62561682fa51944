"""Four weeks of a clinic in one day's tests: places are given back at random, families answer as families do."""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

import pytest

from catalog.scheduling.enums import BookingStatus, CancelledBy, OccupancyKind
from catalog.scheduling.models import Booking, Occupancy
from catalog.scheduling.services import cancel_booking, confirm_bookings, expire_holds
from catalog.waitlist.enums import EntryState, NeedBand, OfferState
from catalog.waitlist.models import WaitlistEntry, WaitlistOffer
from catalog.waitlist.rules import suits
from catalog.waitlist.selectors import queues
from catalog.waitlist.services import accept_offer, decline_offer, offer_times
from catalog.waitlist.services.offering import _free_times
from tests.catalog.waitlist.made import NOON, one_hour, short_week
from tests.factories import make_booking, make_parent
from tests.factories.waitlist import make_entry
from tests.support.oversold import oversold

pytestmark = pytest.mark.django_db

#: What families do with an offer, in a hundred: assumed, not measured. The rest does not answer.
YES, NO = 55, 25
ROUNDS = 40


@dataclass
class World:
    """A service of two providers whose Saturdays are full, and families who wait for one."""

    dice: Random
    service: object = None
    freed: set = field(default_factory=set)
    counts: Counter = field(default_factory=Counter)


def build(dice):
    service = one_hour(short_week(9, 17), short_week(9, 17), horizon_days=28)
    first = NOON + timedelta(days=3)
    for provider in service.providers.all():
        for week in range(4):
            for hour in range(9, 17):
                starts_at = (first + timedelta(weeks=week)).replace(hour=hour)
                occupancy = Occupancy.objects.create(
                    provider=provider,
                    service=service,
                    kind=OccupancyKind.INDIVIDUAL,
                    busy_from=starts_at,
                    starts_at=starts_at,
                    ends_at=starts_at + timedelta(minutes=50),
                    busy_until=starts_at + timedelta(minutes=60),
                )
                make_booking(service=service, occupancy=occupancy, child=None, booked_by=None)
    for number in range(45):
        wish = dice.choice([{}, {}, {"from_on": (first + timedelta(weeks=dice.randrange(4))).date()}])
        band = dice.choice([None, None, None, NeedBand.SOON, NeedBand.FIRST])
        joined_by = make_parent(children=dice.choice([1, 1, 1, 1, 2]))
        make_entry(
            service=service,
            joined_by=joined_by,
            children=joined_by.children.all(),
            days=number + dice.random(),
            need_band=band,
            **wish,
        )
    return World(dice, service)


def freed_by_somebody(world, now):
    """A family cancels; the time lies ahead by two hours at least."""
    held = Booking.objects.filter(status=BookingStatus.BOOKED, starts_at__gt=now + timedelta(hours=5))
    booking = world.dice.choice(list(held.order_by("pk")))
    cancel_booking(booking_id=booking.pk, cancelled_by=CancelledBy.FAMILY, now=now)
    world.freed.add((booking.occupancy.provider_id, booking.starts_at))


def in_order(world, now):
    """Whom the order would serve with the times that are free: said again, simply, before it is done."""
    slots = _free_times(world.service, now)
    return [
        entry.pk
        for entry in queues(service_ids=[world.service.pk]).get(world.service.pk, [])
        if any(suits(entry, slot) and not entry.offers.filter(starts_at=slot.starts_at).exists() for slot in slots)
    ]


def answer(world, offer, now):
    word = world.dice.randrange(100)
    if word < YES:
        lines = accept_offer(offer=offer, accepted_by=offer.entry.joined_by, now=now)
        confirm_bookings(booking_ids=[line.booking_id for line in lines], now=now)
        for line in lines:
            line.delete()
    elif word < YES + NO:
        decline_offer(offer=offer, declined_by=offer.entry.joined_by, now=now)


def check(world, offers, expected, now):
    if offers and offers[0].entry_id not in expected[:1]:
        world.counts["wrong_order"] += 1
    world.counts["after_start"] += sum(offer.expires_at > offer.starts_at or offer.starts_at <= now for offer in offers)
    live = WaitlistOffer.objects.filter(state__in=(OfferState.OPEN, OfferState.ACCEPTED))
    world.counts["double_offers"] += live.count() - live.values("entry").distinct().count()
    world.counts["offers"] += len(offers)


def test_four_weeks_of_cancellations(capsys):
    world = build(Random(2026))
    now = NOON
    for _ in range(ROUNDS):
        freed_by_somebody(world, now)
        for _hours in range(4):
            expected = in_order(world, now)
            offers = offer_times(service_ids=[world.service.pk], now=now)
            check(world, offers, expected, now)
            for offer in WaitlistOffer.objects.filter(state=OfferState.OPEN).select_related("entry__joined_by"):
                if offer.expires_at > now + timedelta(minutes=30):
                    answer(world, offer, now + timedelta(minutes=30))
            now += timedelta(hours=1)
            expire_holds(now=now)
    booked = {
        (booking.occupancy.provider_id, booking.starts_at)
        for booking in Booking.objects.filter(status=BookingStatus.BOOKED).select_related("occupancy")
    }
    figures = {
        "freed": len(world.freed),
        "filled": len(world.freed & booked),
        "fill_rate": round(len(world.freed & booked) / len(world.freed), 3),
        "still_waiting": WaitlistEntry.objects.filter(state=EntryState.WAITING).count(),
        "paused": WaitlistEntry.objects.filter(state=EntryState.PAUSED).count(),
        "wrong_order": world.counts["wrong_order"],
        "after_start": world.counts["after_start"],
        "double_offers": world.counts["double_offers"],
        "oversold": oversold(),
        "offers": dict(Counter(WaitlistOffer.objects.values_list("state", flat=True))),
    }
    with capsys.disabled():
        print("\nwaiting list:", json.dumps(figures, sort_keys=True))
    assert figures["wrong_order"] == figures["after_start"] == figures["double_offers"] == figures["oversold"] == 0
    assert figures["fill_rate"] >= 0.7
