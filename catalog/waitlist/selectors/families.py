"""What a family sees of its places on waiting lists."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from marketplace.accounts.models import User

from ..bands import band_of
from ..enums import LIVE_ENTRY_STATES, EntryState, OfferState
from ..models import OfferedPlace, WaitlistEntry, WaitlistOffer
from ..rules import rank


def entries_of_person(user: User) -> QuerySet[WaitlistEntry]:
    """Return the entries a person joined, and those that are for themselves: live ones first, then the latest."""
    return (
        WaitlistEntry.objects.filter(_of(user))
        .select_related("service__product", "service__location", "provider", "joined_by")
        .prefetch_related("children", Prefetch("offers", _with_places()))
        .order_by("ended_at", "-joined_at", "-pk")
    )


def entry_for(user: User, public_id: UUID) -> WaitlistEntry:
    """Return one of a person's entries. Raises WaitlistEntry.DoesNotExist for anybody else's."""
    return entries_of_person(user).get(public_id=public_id)


def _of(user: User) -> Q:
    """Entries `rules.may_see` opens to a person."""
    own = WaitlistEntry.children.through.objects.filter(child__account_id=user.pk)
    return Q(joined_by=user) | Q(pk__in=own.values("waitlistentry_id"))


def _with_places() -> QuerySet[WaitlistOffer]:
    return WaitlistOffer.objects.prefetch_related(
        "places__booking__occupancy__provider__partner", "places__booking__occupancy__location"
    ).order_by("-offered_at", "-pk")


def live_offer_of(entry: WaitlistEntry, *, now: datetime) -> WaitlistOffer | None:
    """Return the time that is kept for an entry at the moment, out of its loaded offers."""
    return next((each for each in entry.offers.all() if _is_kept(each, now)), None)


def _is_kept(offer: WaitlistOffer, now: datetime) -> bool:
    return offer.state == OfferState.ACCEPTED or (offer.state == OfferState.OPEN and now < offer.expires_at)


def offer_for(user: User, public_id: UUID) -> WaitlistOffer:
    """Return an offer made to this person. Raises WaitlistOffer.DoesNotExist for anybody else's."""
    return WaitlistOffer.objects.select_related("entry__service").get(public_id=public_id, entry__joined_by=user)


def open_offers_of(user: User, *, now: datetime | None = None) -> QuerySet[WaitlistOffer]:
    """Return the times that are kept for this person and not answered, whatever ends first."""
    offers = WaitlistOffer.objects.filter(
        entry__joined_by=user, state=OfferState.OPEN, expires_at__gt=now or timezone.now()
    )
    return offers.select_related("entry").order_by("expires_at", "pk")


def kept_bookings() -> QuerySet[Any, Any]:
    """Return the ids of the holds that wait for a yes or no."""
    return OfferedPlace.objects.filter(offer__state=OfferState.OPEN).values("booking_id")


def ahead_of(entries: Sequence[WaitlistEntry]) -> dict[int, int]:
    """Return how many come before each of these live entries now, by id. Two queries, however many entries.

    Whoever has an offer open at the moment is not counted: they are being served.
    """
    wanted = {entry.pk: entry.service_id for entry in entries if entry.is_live}
    if not wanted:
        return {}
    waiting = _ranked(set(wanted.values()))
    found = {}
    for pk, service_id in wanted.items():
        own = next(each for each in waiting[service_id] if each.pk == pk)
        mine = rank(own, band_of(own))
        before = (each for each in waiting[service_id] if each.state == EntryState.WAITING)
        found[pk] = sum(rank(each, band_of(each)) < mine for each in before)
    return found


def _ranked(service_ids: Collection[int]) -> dict[int, list[WaitlistEntry]]:
    live = WaitlistEntry.objects.filter(service__in=service_ids, state__in=LIVE_ENTRY_STATES)
    found: dict[int, list[WaitlistEntry]] = {}
    for entry in live.prefetch_related("children"):
        found.setdefault(entry.service_id, []).append(entry)
    return found
