"""What one person of a family may see of its bookings. Asked of `consent` once for a page, then answered in memory.

Who booked something sees what they booked, as any buyer does; of everything else, what the age rules open to a guardian
and what the young person shares. The young person sees all of their own.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from marketplace.accounts.models import User
from marketplace.consent.disclosures import Disclosures
from marketplace.consent.enums import DataItem, Purpose
from marketplace.consent.selectors import disclosures
from marketplace.consent.ties import Kind
from marketplace.families.models import Child
from marketplace.families.selectors import profile_ids_of

from ..models import Booking

_ITEMS = (DataItem.BOOKING, DataItem.BOOKING_DETAIL, DataItem.BILL)


class FamilySight:
    """One viewer, the young people whose family they are of, and what is open of each."""

    def __init__(self, viewer: User, children: Collection[Child], seen: Disclosures) -> None:
        self.viewer, self.children, self.seen = viewer, children, seen

    def bookings(self) -> Q:
        """Return which bookings there are at all for this person."""
        theirs = Q(child__in=self._ids) & Q(booked_by=self.viewer)
        return theirs | Q(child__in=self.open_children(DataItem.BOOKING)) | Q(public_id__in=self._shared_records())

    def shows_detail(self, booking: Booking) -> bool:
        """Whether this person sees what was booked, and with whom; otherwise time, place or mode, organisation, price."""
        return booking.booked_by_id == self.viewer.pk or self.may_see(booking, DataItem.BOOKING_DETAIL)

    def may_see(self, booking: Booking, item: DataItem) -> bool:
        """Whether age rules or a consent open an item of this booking."""
        return bool(self.seen.may_see(booking.child, item, booking.public_id))

    def is_own(self, booking: Booking) -> bool:
        """Whether this is the young person's own booking."""
        return booking.child.account_id == self.viewer.pk

    def open_children(self, item: DataItem) -> list[int]:
        """Return the ids of the young people of whom this person sees an item whole."""
        return [child.pk for child in self.children if self.seen.may_see(child, item)]

    @property
    def _ids(self) -> list[int]:
        return [child.pk for child in self.children]

    def _shared_records(self) -> list[UUID]:
        """Single bookings that were shared with this person, of young people of this family."""
        return [
            tie.record
            for child in self.children
            for tie in self.seen.ties(child, Kind.CONSENT)
            if tie.record and self.seen.may_see(child, DataItem.BOOKING, tie.record)
        ]


def family_sight(user: User, *, now: datetime | None = None) -> FamilySight:
    """Return what a person may see of their family's bookings and bills; two queries."""
    children = list(Child.objects.filter(pk__in=profile_ids_of(user)))
    seen = disclosures(viewer=user, children=children, purpose=Purpose.GUARDIANSHIP, now=now, items=_ITEMS)
    return FamilySight(user, children, seen)


def with_sight(bookings: Iterable[Booking], sight: FamilySight) -> list[Booking]:
    """Return bookings, each with `shows_detail`: whether this person sees what it is."""
    rows = list(bookings)
    for booking in rows:
        booking.shows_detail = sight.shows_detail(booking)
    return rows
