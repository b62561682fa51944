"""Getting off a waiting list, for a while or for good."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from catalog.scheduling.enums import BookingStatus, CancelledBy
from catalog.scheduling.locks import locked_bookings
from catalog.scheduling.retry import retried
from catalog.scheduling.services import release_bookings
from marketplace.accounts.models import User

from ..enums import EntryState, OfferState
from ..errors import EntryOver, NotYourEntry, OfferWaits
from ..locks import locked_entry
from ..models import WaitlistEntry, WaitlistOffer
from ..rules import may_see
from .ending import close
from .offering import set_offering_going

#: How often leaving looks again when a time was offered in the very moment.
LOOKS = 3


class OfferedMeanwhile(Exception):
    """A time was kept between looking and locking: its provider has to be locked first, so we begin again."""


def leave_waitlist(*, entry: WaitlistEntry, left_by: User, now: datetime | None = None) -> None:
    """Take an entry off the list; a time that is kept and not answered goes to the next. Repeats do nothing.

    What lies in the basket already stays there. Raises NotYourEntry.
    """
    _refuse_stranger(entry, left_by)
    for _look in range(LOOKS):
        try:
            _leave(entry.pk, now or timezone.now())
            return
        except OfferedMeanwhile:
            continue
    raise OfferWaits


@retried
@transaction.atomic(durable=True)
def _leave(entry_id: int, now: datetime) -> None:
    kept = _open_offer_of(entry_id)
    booking_ids = list(kept.places.values_list("booking_id", flat=True)) if kept else []
    held = [each.pk for each in locked_bookings(booking_ids) if each.status == BookingStatus.PENDING]
    entry = locked_entry(entry_id)
    if _open_offer_of(entry_id) not in (kept, None):
        raise OfferedMeanwhile
    if not entry.is_live:
        return
    close(entry, EntryState.LEFT, now=now)
    if held and _open_offer_of(entry_id):
        release_bookings(booking_ids=held, cancelled_by=CancelledBy.FAMILY, now=now)


def _open_offer_of(entry_id: int) -> WaitlistOffer | None:
    return WaitlistOffer.objects.filter(entry=entry_id, state=OfferState.OPEN).first()


@retried
@transaction.atomic(durable=True)
def pause_entry(*, entry: WaitlistEntry, paused_by: User) -> None:
    """Offer nothing for a while; the time they have waited still counts. Repeats do nothing.

    Raises: NotYourEntry, EntryOver, OfferWaits (first yes or no to what is kept).
    """
    locked = _own_live_entry(entry, paused_by)
    if locked.state == EntryState.OFFERED:
        raise OfferWaits
    locked.state = EntryState.PAUSED
    locked.save(update_fields=["state"])


@retried
@transaction.atomic(durable=True)
def resume_entry(*, entry: WaitlistEntry, resumed_by: User) -> None:
    """Wait again, at the place one had. Repeats do nothing. Raises: NotYourEntry, EntryOver."""
    locked = _own_live_entry(entry, resumed_by)
    if locked.state != EntryState.PAUSED:
        return
    locked.state, locked.lapses = EntryState.WAITING, 0
    locked.save(update_fields=["state", "lapses"])
    transaction.on_commit(lambda: set_offering_going(service_ids=[locked.service_id]), robust=True)


def _own_live_entry(entry: WaitlistEntry, user: User) -> WaitlistEntry:
    _refuse_stranger(entry, user)
    locked = locked_entry(entry.pk)
    if not locked.is_live:
        raise EntryOver
    return locked


def _refuse_stranger(entry: WaitlistEntry, user: User) -> None:
    if not may_see(user, entry):
        raise NotYourEntry
