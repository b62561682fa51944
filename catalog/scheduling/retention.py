"""How long bookings are kept: with their schedule in marketplace.consent.retention."""

from datetime import datetime
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted

from .enums import BookingStatus, CancelledBy
from .models import Booking, BookingSeries, CalendarFeed, Occupancy

_SUBJECTS = ("child__public_id", "booked_by__public_id")
_RELEASED = Q(status=BookingStatus.CANCELLED, cancelled_by=CancelledBy.EXPIRY)


def _ended() -> "QuerySet[Any]":
    """Bookings with the moment they ended: cancelled, or the time itself."""
    ended_at = Case(
        When(status=BookingStatus.CANCELLED, then=Coalesce("cancelled_at", "held_until", "created_at")),
        default=F("occupancy__ends_at"),
    )
    return Booking.objects.exclude(status=BookingStatus.PENDING).annotate(ended_at=ended_at)


def _bookings(cutoff: datetime) -> "QuerySet[Any]":
    return _ended().exclude(_RELEASED).filter(ended_at__lt=cutoff)


def _released(cutoff: datetime) -> "QuerySet[Any]":
    return _ended().filter(_RELEASED, ended_at__lt=cutoff)


def _erase(rows: "QuerySet[Any]") -> int:
    """Delete bookings, and the time they stood in once nobody is left in it and it is over or given back.

    A series goes with the last booking of it.
    """
    times = list(rows.values_list("occupancy", flat=True))
    series = list(rows.exclude(series=None).values_list("series", flat=True))
    erased = deleted(rows)
    BookingSeries.objects.filter(pk__in=series, bookings=None).delete()
    over = Q(is_live=False) | Q(ends_at__lt=timezone.now())
    Occupancy.objects.filter(over, pk__in=times, bookings=None).delete()
    return erased


def _ended_feeds(cutoff: datetime) -> "QuerySet[Any]":
    return CalendarFeed.objects.filter(ended_at__lt=cutoff)


_CLASSES = (
    RetentionClass(
        key="bookings",
        title=_("预约"),
        basis="bookings",
        expired=_bookings,
        erase=_erase,
        subjects=_SUBJECTS,
        dated="ended_at",
    ),
    RetentionClass(
        key="released_bookings",
        title=_("没有付款就释放的预约"),
        basis="released_holds",
        expired=_released,
        erase=_erase,
        subjects=_SUBJECTS,
        dated="ended_at",
    ),
    RetentionClass(
        key="calendar_feeds",
        title=_("已经停用的私密日历地址"),
        basis="calendar_feeds",
        expired=_ended_feeds,
        erase=deleted,
        subjects=("person__public_id",),
        dated="ended_at",
    ),
)


def register_retention() -> None:
    """Register the classes of bookings."""
    for retention_class in _CLASSES:
        register(retention_class)
