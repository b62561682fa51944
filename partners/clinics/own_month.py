"""What a practitioner held in a month and what it was worth, without any family's name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils import timezone

from catalog.fulfilment.earning import SOURCE
from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking
from payments.settlement.models import Earning

from .rules import Portal
from .selectors import local_midnight

#: What a session that is over has become, once somebody said so.
OVER = (BookingStatus.FULFILLED, BookingStatus.NOSHOW)


@dataclass(frozen=True)
class HeldSession:
    """One session that is over: how many came, how many did not, and what the partner earned with it (before fees)."""

    starts_at: datetime
    minutes: int
    what: str
    came: int
    missed: int
    value_fen: int


@dataclass(frozen=True)
class OwnMonth:
    """A month of one practitioner; sums are of its rows."""

    first: date
    rows: list[HeldSession]

    @property
    def held(self) -> int:
        """Sessions somebody came to."""
        return sum(row.came > 0 for row in self.rows)

    @property
    def minutes(self) -> int:
        """How long those were, in minutes."""
        return sum(row.minutes for row in self.rows if row.came)

    @property
    def value_fen(self) -> int:
        """What they were worth: paid, and borne by us, less what went back."""
        return sum(row.value_fen for row in self.rows)

    @property
    def previous(self) -> date:
        """The month before."""
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def next(self) -> date | None:
        """The month after, unless it has not begun."""
        after = (self.first + timedelta(days=32)).replace(day=1)
        return after if after <= timezone.localdate() else None


def own_month(portal: Portal, on: date) -> OwnMonth:
    """Return the sessions the person held themselves for this partner in the month of a day. Two queries."""
    first = on.replace(day=1)
    bookings = (
        Booking.objects.filter(
            occupancy__provider__user=portal.user,
            occupancy__provider__partner=portal.partner,
            status__in=OVER,
            starts_at__gte=local_midnight(first),
            starts_at__lt=local_midnight((first + timedelta(days=32)).replace(day=1)),
        )
        .select_related("service__product", "order_line")
        .order_by("starts_at", "occupancy_id")
    )
    found = list(bookings)
    lines = [booking.order_line.pk for booking in found if hasattr(booking, "order_line")]
    values = {
        earning.source_id: earning.value_left_fen
        for earning in Earning.objects.filter(source_kind=SOURCE, source_id__in=lines)
    }
    return OwnMonth(
        first, [_session(list(places), values) for _, places in groupby(found, lambda one: one.occupancy_id)]
    )


def _session(places: list[Booking], values: dict[int, int]) -> HeldSession:
    first = places[0]
    came = sum(place.status == BookingStatus.FULFILLED for place in places)
    return HeldSession(
        starts_at=first.starts_at,
        minutes=first.service.duration_minutes,
        what=first.service.product.title,
        came=came,
        missed=len(places) - came,
        value_fen=sum(_values_of(places, values)),
    )


def _values_of(places: list[Booking], values: dict[int, int]) -> Iterable[int]:
    return (values.get(place.order_line.pk, 0) for place in places if hasattr(place, "order_line"))
