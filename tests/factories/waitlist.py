from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from catalog.scheduling.models import HealthcareService
from catalog.waitlist.enums import EntryState, OfferState
from catalog.waitlist.models import OfferedPlace, WaitlistEntry, WaitlistOffer
from marketplace.accounts.models import User
from marketplace.families.models import Child

from .catalogue import make_service
from .people import make_parent
from .scheduling import make_booking, next_weekday, shanghai


def make_entry(
    *,
    service: HealthcareService | None = None,
    joined_by: User | None = None,
    children: Iterable[Child] = (),
    days: float = 0,
    **fields: Any,
) -> WaitlistEntry:
    """A place on a waiting list, since so many days, for the person's first child; anything suits."""
    service, joined_by = service or make_service(), joined_by or make_parent()
    fields.setdefault("joined_at", timezone.now() - timedelta(days=days))
    fields.setdefault("modes", list(service.modes))
    if fields.get("state") in (EntryState.MET, EntryState.LEFT, EntryState.ENDED):
        fields.setdefault("ended_at", timezone.now())
    entry = WaitlistEntry.objects.create(service=service, joined_by=joined_by, **fields)
    entry.children.set(list(children) or [joined_by.children.order_by("pk").first()])
    return entry


def make_offer(entry: WaitlistEntry, *, starts_at: datetime | None = None, **fields: Any) -> WaitlistOffer:
    """A time kept for an entry for two hours, by a hold of the entry's first child; past the services."""
    until = timezone.now() + timedelta(hours=2)
    booking = make_booking(
        service=entry.service,
        starts_at=starts_at or shanghai(next_weekday(5, weeks=1), 10),
        child=entry.children.first(),
        booked_by=entry.joined_by,
        status="pending",
        held_until=until,
    )
    fields = {"state": OfferState.OPEN, "mode": booking.mode, "expires_at": until} | fields
    offer = WaitlistOffer.objects.create(entry=entry, starts_at=booking.starts_at, ends_at=booking.ends_at, **fields)
    OfferedPlace.objects.create(offer=offer, booking=booking)
    WaitlistEntry.objects.filter(pk=entry.pk).update(state=EntryState.OFFERED)
    entry.state = EntryState.OFFERED
    return offer
