"""What becomes of a kept time, as its booking says: paid, given back, or left to end. Joins the booking's transaction."""

from datetime import datetime

from django.utils import timezone

from catalog.scheduling.enums import CancelledBy
from catalog.scheduling.models import Booking

from ..enums import EntryState, OfferState
from ..locks import locked_live_offers_of
from ..models import WaitlistOffer
from ..rules import LAPSES_UNTIL_PAUSE
from .ending import close
from .telling import tell_lapsed, tell_withdrawn

_OUTCOME = {
    CancelledBy.EXPIRY: OfferState.LAPSED,
    CancelledBy.FAMILY: OfferState.DECLINED,
    CancelledBy.PROVIDER: OfferState.WITHDRAWN,
    CancelledBy.PLATFORM: OfferState.WITHDRAWN,
}


def note_booked(*, booking: Booking, now: datetime | None = None) -> None:
    """A kept place is paid for: they got what they waited for, and their entry is over for good.

    It stays over when they cancel later: the place then goes to whoever waits next.
    """
    now = now or timezone.now()
    for offer in locked_live_offers_of([booking.pk]):
        _end(offer, OfferState.TAKEN, now)
        if offer.entry.state != EntryState.MET:
            close(offer.entry, EntryState.MET, now=now)


def note_ended(*, booking: Booking, cancelled_by: CancelledBy, now: datetime | None = None) -> None:
    """A kept place was given back: they wait again, at their old place. Of several places the first one says it for all."""
    now = now or timezone.now()
    for offer in locked_live_offers_of([booking.pk]):
        outcome = _OUTCOME[cancelled_by]
        _end(offer, outcome, now)
        if offer.entry.state == EntryState.OFFERED:
            _wait_again(offer, outcome)


def _end(offer: WaitlistOffer, state: OfferState, now: datetime) -> None:
    offer.state = state
    offer.answered_at = offer.answered_at or (None if state == OfferState.LAPSED else now)
    offer.save(update_fields=["state", "answered_at"])


def _wait_again(offer: WaitlistOffer, outcome: OfferState) -> None:
    entry = offer.entry
    entry.lapses = entry.lapses + 1 if outcome == OfferState.LAPSED else 0
    entry.state = EntryState.PAUSED if entry.lapses >= LAPSES_UNTIL_PAUSE else EntryState.WAITING
    entry.save(update_fields=["state", "lapses"])
    if outcome == OfferState.LAPSED:
        tell_lapsed(offer, is_paused=entry.state == EntryState.PAUSED)
    elif outcome == OfferState.WITHDRAWN:
        tell_withdrawn(offer)
