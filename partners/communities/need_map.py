"""What children of each district looked for in the last whole month, as counts that give nobody away.

Each child counts once in a month, where they first booked or waited: no table overlaps another, and the month is closed,
so that a page that is looked at twice says the same thing twice.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking
from catalog.waitlist.models import WaitlistEntry
from marketplace.core.needs import Need
from marketplace.core.suppression import Suppressed, suppressed

#: Child, moment, district, need.
_Seen = tuple[int, datetime, str, str]
#: A place that was paid for, whatever became of it.
_PAID = (BookingStatus.PROPOSED, BookingStatus.BOOKED, BookingStatus.FULFILLED, BookingStatus.NOSHOW)


def last_month(today: date) -> tuple[date, date]:
    """The first day of the last whole month, and the first day after it."""
    end = today.replace(day=1)
    return (end - timedelta(days=1)).replace(day=1), end


def need_map(today: date) -> Suppressed:
    """Children by district and need, in the last whole month; small counts and what would tell them are hidden."""
    begin, end = (_midnight(day) for day in last_month(today))
    return suppressed(first_cells([*_booked(begin, end), *_waited(begin, end)]))


def first_cells(seen: Iterable[_Seen]) -> Counter[tuple[str, str]]:
    """Count each child once, in the cell where they came first. Pure."""
    first: dict[int, _Seen] = {}
    for row in sorted(seen, key=lambda row: (row[0], row[1], row[2], row[3])):
        first.setdefault(row[0], row)
    return Counter((district, need) for _, _, district, need in first.values())


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _booked(begin: datetime, end: datetime) -> Iterable[_Seen]:
    rows = Booking.objects.filter(
        created_at__gte=begin,
        created_at__lt=end,
        status__in=_PAID,
        service__product__needs__slug__in=Need.values,
    ).exclude(occupancy__provider__partner__district="")
    found = rows.order_by().values_list(
        "child_id", "created_at", "occupancy__provider__partner__district", "service__product__needs__slug"
    )
    return list(found)


def _waited(begin: datetime, end: datetime) -> Iterable[_Seen]:
    rows = WaitlistEntry.objects.filter(
        joined_at__gte=begin,
        joined_at__lt=end,
        children__isnull=False,
        service__product__needs__slug__in=Need.values,
        service__product__stockrecords__partner__district__gt="",
    )
    found = rows.order_by().values_list(
        "children", "joined_at", "service__product__stockrecords__partner__district", "service__product__needs__slug"
    )
    return list(found)
