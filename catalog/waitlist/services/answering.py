"""Yes or no to a time that was kept."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from catalog.basket.models import Line
from catalog.basket.services import put_holds_in_basket
from catalog.scheduling.enums import BookingStatus, CancelledBy
from catalog.scheduling.locks import locked_bookings
from catalog.scheduling.models import Booking
from catalog.scheduling.retry import retried
from catalog.scheduling.rules import HOLD_FOR
from catalog.scheduling.services import release_bookings, renew_holds
from marketplace.accounts.models import User

from ..enums import OfferState
from ..errors import NotYourEntry, OfferAccepted, OfferOver
from ..locks import locked_live_offers_of
from ..models import WaitlistOffer


@retried
@transaction.atomic(durable=True)
def accept_offer(*, offer: WaitlistOffer, accepted_by: User, now: datetime | None = None) -> list[Line]:
    """Lay the kept places into the person's basket, to be paid for; they stay kept for half an hour at least.

    Twice is as once. Raises: NotYourEntry, OfferOver; NotForSale, GuardianPays as any basket.
    """
    now = now or timezone.now()
    if offer.entry.joined_by_id != accepted_by.pk:
        raise NotYourEntry
    booking_ids = _bookings_of(offer)
    lines = put_holds_in_basket(user=accepted_by, booking_ids=booking_ids, now=now)
    bookings = locked_bookings(booking_ids)
    found = locked_live_offers_of(booking_ids)
    if not found or len(lines) < len(booking_ids) or not _are_kept(bookings, now):
        raise OfferOver
    _keep_long_enough(bookings, now)
    WaitlistOffer.objects.filter(pk=offer.pk, state=OfferState.OPEN).update(state=OfferState.ACCEPTED, answered_at=now)
    return lines


@retried
@transaction.atomic(durable=True)
def decline_offer(*, offer: WaitlistOffer, declined_by: User, now: datetime | None = None) -> None:
    """Give a kept time on to the next; who declines keeps their place, and is never asked about this time again.

    Raises: NotYourEntry, OfferOver, OfferAccepted (it lies in the basket and is given back there).
    """
    now = now or timezone.now()
    if offer.entry.joined_by_id != declined_by.pk:
        raise NotYourEntry
    booking_ids = _bookings_of(offer)
    bookings = locked_bookings(booking_ids)
    found = locked_live_offers_of(booking_ids)
    if not found or not _are_kept(bookings, now):
        raise OfferOver
    if found[0].state == OfferState.ACCEPTED:
        raise OfferAccepted
    release_bookings(booking_ids=booking_ids, cancelled_by=CancelledBy.FAMILY, now=now)


def _bookings_of(offer: WaitlistOffer) -> list[int]:
    return list(offer.places.order_by("booking_id").values_list("booking_id", flat=True))


def _are_kept(bookings: list[Booking], now: datetime) -> bool:
    return bool(bookings) and all(
        each.status == BookingStatus.PENDING and each.held_until is not None and each.held_until > now
        for each in bookings
    )


def _keep_long_enough(bookings: list[Booking], now: datetime) -> None:
    """Somebody who says yes in the last minute still has the time to pay that everybody has."""
    wanted: datetime = now + HOLD_FOR
    short = [each.pk for each in bookings if each.held_until is None or each.held_until < wanted - timedelta(seconds=1)]
    if short:
        renew_holds(booking_ids=short, held_until=wanted, now=now)
