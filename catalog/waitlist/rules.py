"""Who is next, what suits whom, and how long an offer lasts. Pure."""

from datetime import date, datetime, time, timedelta

from catalog.catalogue.enums import ProductKind
from catalog.scheduling.enums import Mode
from catalog.scheduling.models import HealthcareService
from catalog.scheduling.rules import MAX_HOLDS
from catalog.scheduling.selectors import Slot
from marketplace.accounts.models import User
from marketplace.core.formatting import in_shanghai

from .enums import NeedBand, OfferState
from .models import WaitlistEntry, WaitlistOffer

#: How many waiting lists one person may stand on, so that nobody has everything kept for them. One less than they may
#: hold at once: with a time kept from every list they can still book something else.
MAX_ENTRIES = MAX_HOLDS - 1
#: How many children may wait to come together.
MOST_CHILDREN = 4
#: How long a freed time is kept for somebody, in waking hours.
OFFER_FOR = timedelta(hours=2)
#: Nobody is offered what they would have to decide upon in less.
OFFER_AT_LEAST = timedelta(minutes=15)
#: When people sleep: these hours do not count towards OFFER_FOR.
NIGHT_FROM, NIGHT_TO = time(22), time(8)
#: After so many offers in a row without an answer an entry pauses by itself: nobody is pestered, and no time lies idle.
LAPSES_UNTIL_PAUSE = 2
#: After so long an entry ends.
LONGEST_WAIT = timedelta(days=180)
#: By when somebody on the middle pathway is to be seen.
MIDDLE_PATHWAY_WITHIN = timedelta(days=7)

Rank = tuple[int, date, datetime, int]


def rank(entry: WaitlistEntry, band: NeedBand) -> Rank:
    """Return what a queue is sorted by: need first, then a day by which it has to be, then who waits longest."""
    return (-band, entry.needed_by or date.max, entry.joined_at, entry.pk)


def needed_by_for_middle_pathway(today: date) -> date:
    """Return the day by which somebody who starts the middle pathway today is to have a session."""
    return today + MIDDLE_PATHWAY_WITHIN


def is_overdue(entry: WaitlistEntry, today: date) -> bool:
    """Whether the day by which somebody should have been seen has come, and they still wait."""
    return entry.is_live and entry.needed_by is not None and entry.needed_by <= today


def seats_wanted(entry: WaitlistEntry) -> int:
    """Return how many places an entry needs at once; its children are loaded."""
    return len(entry.children.all()) + (1 if entry.with_guardian else 0)


def mode_for(entry: WaitlistEntry, slot: Slot) -> Mode | None:
    """Return how a slot would be held for an entry: the first of the slot's modes that suits; None where none does."""
    return next((Mode(mode) for mode in slot.modes if mode in entry.modes), None)


def suits(entry: WaitlistEntry, slot: Slot) -> bool:
    """Whether a free time is what an entry waits for, and has room for all of its children."""
    starts, ends = in_shanghai(slot.starts_at), in_shanghai(slot.ends_at)
    return (
        mode_for(entry, slot) is not None
        and (not entry.weekdays or starts.weekday() in entry.weekdays)
        and (entry.from_on is None or starts.date() >= entry.from_on)
        and (entry.to_on is None or starts.date() <= entry.to_on)
        and (entry.from_time is None or starts.time() >= entry.from_time)
        and (entry.to_time is None or (ends.date() == starts.date() and ends.time() <= entry.to_time))
        and (entry.provider_id is None or entry.provider_id in slot.provider_ids)
        and _has_room(entry, slot)
    )


def _has_room(entry: WaitlistEntry, slot: Slot) -> bool:
    wanted = seats_wanted(entry)
    return wanted <= (slot.seats_left if slot.occupancy_id else len(slot.provider_ids))


def could_suit(service: HealthcareService, *, from_time: time | None, to_time: time | None) -> bool:
    """Whether a session of this length fits between two times of a day."""
    if from_time is None or to_time is None:
        return True
    return minutes_of(to_time) - minutes_of(from_time) >= service.duration_minutes


def minutes_of(clock: time) -> int:
    """Return a time of day as minutes since midnight."""
    return clock.hour * 60 + clock.minute


def is_group(service: HealthcareService) -> bool:
    """Whether its sessions have seats for several."""
    return service.product.kind == ProductKind.GROUP


def offer_end(service: HealthcareService, *, starts_at: datetime, now: datetime) -> datetime:
    """Return until when a time offered now is kept: two waking hours, never past the session's start less its notice."""
    latest = starts_at - timedelta(minutes=service.minimum_notice_minutes)
    return min(_after_waking_hours(now, OFFER_FOR), latest)


def is_worth_offering(service: HealthcareService, slot: Slot, *, now: datetime) -> bool:
    """Whether there is time left to decide upon it; what starts too soon stays open to everybody instead."""
    return offer_end(service, starts_at=slot.starts_at, now=now) - now >= OFFER_AT_LEAST


def _after_waking_hours(now: datetime, span: timedelta) -> datetime:
    """Return the moment when so much waking time has passed."""
    moment = in_shanghai(now)
    if moment.time() < NIGHT_TO:
        moment = datetime.combine(moment.date(), NIGHT_TO, moment.tzinfo)
    bedtime = datetime.combine(moment.date(), NIGHT_FROM, moment.tzinfo)
    evening = max(bedtime - moment, timedelta())
    if span <= evening:
        return moment + span
    morning = datetime.combine(moment.date() + timedelta(days=1), NIGHT_TO, moment.tzinfo)
    return morning + (span - evening)


def may_see(user: User, entry: WaitlistEntry) -> bool:
    """Whether this person may know of an entry: who joined, and the young people it is for; its children are loaded.

    A guardian who did not join does not learn of it: what a young person waits for is theirs.
    """
    return entry.joined_by_id == user.pk or any(child.account_id == user.pk for child in entry.children.all())


def may_answer(user: User, offer: WaitlistOffer, *, now: datetime) -> bool:
    """Whether this person may still take a time that is kept: who joined, until it lapses."""
    return offer.entry.joined_by_id == user.pk and offer.state == OfferState.OPEN and now < offer.expires_at
