"""Keeping freed times for those who wait: the right one first, nobody twice, no time twice."""

import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from uuid import uuid4

from django.utils import timezone

from catalog.scheduling.enums import Attendee
from catalog.scheduling.errors import ChildAlreadyBooked, NotYourChild, SlotNotOffered, SlotTaken, TooManyHolds
from catalog.scheduling.models import Booking, HealthcareService, Occupancy
from catalog.scheduling.retry import retried
from catalog.scheduling.selectors import Slot, open_slots
from catalog.scheduling.services import Wish, free_providers, hold_within, refuse_impossible
from catalog.scheduling.services.places import refusing_overlaps

from ..enums import EntryState
from ..locks import locked_entry
from ..models import OfferedPlace, WaitlistEntry, WaitlistOffer
from ..rules import is_worth_offering, mode_for, offer_end, suits
from ..selectors import anybody_waits_for, queues, services_waited_for, starts_offered_to
from .ending import end_entry
from .telling import tell_offered

logger = logging.getLogger(__name__)

#: How many times are tried for one entry in one round: the rest waits for the next.
TIMES_TRIED = 8
#: How many ways to share out providers are tried for one time.
PROVIDERS_TRIED = 3


class NoLongerWaiting(Exception):
    """They got another time, paused or left while we were at it; the place goes to somebody else."""


def set_offering_going(
    *, provider_ids: Collection[int] | None = None, service_ids: Collection[int] | None = None
) -> None:
    """Have freed times offered by a worker, now; where nobody waits for these providers nothing is sent.

    Without a broker beat does it within half a minute.
    """
    from ..tasks import offer_freed_times

    if provider_ids is None or anybody_waits_for(provider_ids):
        offer_freed_times.apply_async(
            kwargs={"provider_ids": _ids(provider_ids), "service_ids": _ids(service_ids)}, retry=False
        )


def _ids(ids: Collection[int] | None) -> list[int] | None:
    return None if ids is None else sorted(ids)


def offer_times(
    *,
    service_ids: Collection[int] | None = None,
    provider_ids: Collection[int] | None = None,
    now: datetime | None = None,
) -> list[WaitlistOffer]:
    """Keep free times for those who wait for them, in their order, and tell them; return the offers made.

    For these services, for those of these providers, or for all. Safe to run anywhere, any number of times at once: each
    offer is a hold of its own, made under the provider's lock, with the entry locked after it.
    """
    now = now or timezone.now()
    if service_ids is None:
        service_ids = services_waited_for(provider_ids)
    waiting = queues(service_ids=service_ids)
    services = HealthcareService.objects.filter(pk__in=waiting).select_related("product").order_by("pk")
    return [offer for service in services for offer in _serve(service, waiting[service.pk], now)]


def _serve(service: HealthcareService, queue: Sequence[WaitlistEntry], now: datetime) -> Iterator[WaitlistOffer]:
    """Serve a queue from its head; whom nothing suits is passed over and keeps their place."""
    slots = _free_times(service, now)
    for entry in queue:
        if not slots:
            return
        entry.service = service
        try:
            offer = _first_time_for(entry, slots, now)
        except Exception:  # one family's trouble is not the others'
            logger.exception("entry %s could not be served", entry.public_id)
            continue
        if offer is not None:
            yield offer
            slots = _free_times(service, now)


def _free_times(service: HealthcareService, now: datetime) -> list[Slot]:
    today = timezone.localdate(now)
    slots = open_slots(service=service, from_on=today, to_on=today + timedelta(days=service.horizon_days), now=now)
    return [slot for slot in slots if is_worth_offering(service, slot, now=now)]


def _first_time_for(entry: WaitlistEntry, slots: Sequence[Slot], now: datetime) -> WaitlistOffer | None:
    """Keep the earliest time that suits an entry; None where none can be had, or they no longer wait."""
    suitable = [slot for slot in slots if suits(entry, slot)]
    seen = starts_offered_to(entry) if suitable else ()
    for slot in islice((slot for slot in suitable if slot.starts_at not in seen), TIMES_TRIED):
        try:
            for wishes in _ways(entry, slot, now):
                try:
                    return _offer(entry.pk, wishes)
                except (SlotTaken, SlotNotOffered):
                    continue
        except (SlotNotOffered, ChildAlreadyBooked):
            continue
        except (TooManyHolds, NoLongerWaiting):
            return None
        except NotYourChild:
            end_entry(entry_id=entry.pk, now=now)
            return None
    return None


def _ways(entry: WaitlistEntry, slot: Slot, now: datetime) -> Iterator[list[Wish]]:
    """Yield the ways in which an entry's places can be had at a time: seats of a session, or providers side by side.

    Raises SlotNotOffered when nobody gives it then.
    """
    session = Occupancy.objects.select_related("service").get(pk=slot.occupancy_id) if slot.occupancy_id else None
    wishes = _wishes(entry, slot, session, now)
    refuse_impossible(wishes[0])
    if session is not None:
        yield wishes
    elif entry.provider_id:
        yield [replace(wish, provider_id=entry.provider_id) for wish in wishes]
    else:
        free = free_providers(wishes[0])
        for first in range(min(PROVIDERS_TRIED, len(free) - len(wishes) + 1)):
            shared = zip(wishes, free[first : first + len(wishes)], strict=True)
            yield [replace(wish, provider_id=provider_id) for wish, provider_id in shared]


def _wishes(entry: WaitlistEntry, slot: Slot, session: Occupancy | None, now: datetime) -> list[Wish]:
    """What is to be held: a place for each child, and one for the guardian who comes along."""
    mode = mode_for(entry, slot)
    if mode is None:
        raise SlotNotOffered
    children = sorted(entry.children.all(), key=lambda child: child.pk)
    seats = [(child, Attendee.CHILD) for child in children]
    if entry.with_guardian and session is not None:
        seats.append((children[0], Attendee.GUARDIAN))
    until = offer_end(entry.service, starts_at=slot.starts_at, now=now)
    together_id = uuid4() if len(seats) > 1 else None
    return [
        Wish(
            entry.service,
            slot.starts_at,
            child,
            mode,
            entry.joined_by,
            now,
            provider_id=session.provider_id if session else 0,
            session=session,
            held_for=until - now,
            attendee=attendee,
            together_id=together_id,
        )
        for child, attendee in seats
    ]


@retried
def _offer(entry_id: int, wishes: Sequence[Wish]) -> WaitlistOffer:
    """Hold the places and make them an offer, in one transaction: a place without an offer would lie idle."""
    with refusing_overlaps():
        bookings = hold_within(wishes)
        entry = locked_entry(entry_id)
        if entry.state != EntryState.WAITING:
            raise NoLongerWaiting
        return _noted(entry, bookings, wishes[0])


def _noted(entry: WaitlistEntry, bookings: Sequence[Booking], wish: Wish) -> WaitlistOffer:
    offer = WaitlistOffer.objects.create(
        entry=entry,
        starts_at=wish.starts_at,
        ends_at=bookings[0].ends_at,
        mode=wish.mode,
        offered_at=wish.now,
        expires_at=wish.now + wish.held_for,
    )
    OfferedPlace.objects.bulk_create(OfferedPlace(offer=offer, booking=booking) for booking in bookings)
    entry.state = EntryState.OFFERED
    entry.save(update_fields=["state"])
    tell_offered(offer)
    return offer
