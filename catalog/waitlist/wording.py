"""What somebody waits for, in words, and how it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from catalog.scheduling.enums import Mode, Weekday
from catalog.scheduling.models import Occupancy, Provider
from marketplace.accounts.models import User
from marketplace.core.formatting import short_day_text

from .enums import SPANS, EntryState, OfferState, PartOfDay
from .models import WaitlistEntry, WaitlistOffer
from .rules import may_answer, seats_wanted
from .selectors import ahead_of, live_offer_of

_KINDS = {
    EntryState.WAITING: "wait",
    EntryState.OFFERED: "note",
    EntryState.PAUSED: "",
    EntryState.MET: "good",
    EntryState.LEFT: "",
    EntryState.ENDED: "",
}


@dataclass(frozen=True)
class EntryCard:
    """An entry as a family sees it."""

    entry: WaitlistEntry
    offer: WaitlistOffer | None
    ahead: int | None
    """How many come first; None where that means nothing."""
    is_answered_here: bool
    """Whether the person who looks may take the kept time or give it on."""

    @property
    def status_label(self) -> str:
        if self.entry.state == EntryState.OFFERED and self.offer is None:
            return str(EntryState.WAITING.label)
        return self.entry.get_state_display()

    @property
    def status_kind(self) -> str:
        return _KINDS[EntryState(self.entry.state)]

    @property
    def names(self) -> list[str]:
        return [child.nickname for child in self.entry.children.all()]

    @property
    def places(self) -> int:
        return seats_wanted(self.entry)

    @property
    def wishes(self) -> list[str]:
        return wishes_of(self.entry)

    @property
    def is_accepted(self) -> bool:
        return self.offer is not None and self.offer.state == OfferState.ACCEPTED

    @property
    def is_paused(self) -> bool:
        return self.entry.state == EntryState.PAUSED

    @property
    def past_offers(self) -> list[WaitlistOffer]:
        return [each for each in self.entry.offers.all() if each != self.offer]

    @property
    def occupancies(self) -> list[Occupancy]:
        """Where the kept places are: with one provider, or with several side by side."""
        places = self.offer.places.all() if self.offer else []
        return list({place.booking.occupancy_id: place.booking.occupancy for place in places}.values())

    @property
    def givers(self) -> list[Provider]:
        return [occupancy.provider for occupancy in self.occupancies]


def cards_for(user: User, entries: Iterable[WaitlistEntry], *, now: datetime) -> list[EntryCard]:
    """Return cards of a person's entries, as `selectors.entries_of_person` loads them. Two queries."""
    rows = list(entries)
    ahead = ahead_of(rows)
    return [_card(user, entry, ahead, now) for entry in rows]


def _card(user: User, entry: WaitlistEntry, ahead: dict[int, int], now: datetime) -> EntryCard:
    offer = live_offer_of(entry, now=now)
    waits = entry.state == EntryState.WAITING
    answers = offer is not None and may_answer(user, _of(offer, entry), now=now)
    return EntryCard(entry, offer, ahead.get(entry.pk) if waits else None, answers)


def _of(offer: WaitlistOffer, entry: WaitlistEntry) -> WaitlistOffer:
    offer.entry = entry  # loaded already
    return offer


def wishes_of(entry: WaitlistEntry) -> list[str]:
    """Return what suits, as short words; what is left open is said once."""
    words = [_modes(entry.modes)]
    words.append(_("、").join(str(Weekday(day).label) for day in entry.weekdays) or _("哪天都可以"))
    if part := _part_of_day(entry):
        words.append(str(part))
    if entry.from_on and entry.to_on:
        words.append(
            _("%(begin)s 到 %(end)s") % {"begin": short_day_text(entry.from_on), "end": short_day_text(entry.to_on)}
        )
    elif entry.from_on:
        words.append(_("%(begin)s 以后") % {"begin": short_day_text(entry.from_on)})
    elif entry.to_on:
        words.append(_("%(end)s 以前") % {"end": short_day_text(entry.to_on)})
    return words


def _modes(modes: Iterable[str]) -> str:
    return _("、").join(str(Mode(mode).label) for mode in modes)


def _part_of_day(entry: WaitlistEntry) -> Promise | str:
    span: Any = (entry.from_time, entry.to_time)
    if span == SPANS[PartOfDay.ANY]:
        return ""
    named = next((part for part, times in SPANS.items() if times == span), None)
    if named is not None:
        return PartOfDay(named).label
    begin = f"{entry.from_time:%H:%M}" if entry.from_time else ""
    end = f"{entry.to_time:%H:%M}" if entry.to_time else ""
    return f"{begin}–{end}"
