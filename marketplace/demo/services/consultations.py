"""A session by video whose room is open now, so that the demo's room can be looked at with two browsers."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from catalog.basket.services import put_session_in_basket
from catalog.consultations.models import Encounter
from catalog.consultations.rules import OPENS_BEFORE
from catalog.scheduling.enums import BookingStatus, Mode
from catalog.scheduling.errors import ChildAlreadyBooked, SlotNotOffered, SlotTaken
from catalog.scheduling.models import AvailabilityException, Booking, HealthcareService, Occupancy
from marketplace.accounts.models import User
from marketplace.families.models import Child

from ..keys import product_code, stable_id
from .activity import empty_basket, placed_order
from .paying import pay_order

_ITEM, _PARENT, _CHILD = "zhou-lan-talk", "lin", "xiao-he"
#: What marks the hours that are opened for it.
_REASON = "示例：现在可以进入的视频咨询"
_GRID = timedelta(minutes=30)
_BOOKED_BEFORE = timedelta(days=1)


def make_session_now() -> bool:
    """Have one session by video going on now; return whether anything was written.

    The one of an earlier start is moved to now, as long as nobody marked it; it begins afresh.
    """
    now = timezone.now()
    service = HealthcareService.objects.get(product__upc=product_code(_ITEM))
    earlier = _earlier_session(service)
    if earlier is not None and earlier.starts_at - OPENS_BEFORE <= now < earlier.ends_at:
        return False
    return any(_try_at(_on_grid(now) + step * _GRID, service, earlier) for step in range(3))


def _on_grid(now: datetime) -> datetime:
    """The last half hour: whoever starts the demo finds the room open, for at least twenty minutes of the session."""
    return now.replace(minute=now.minute // 30 * 30, second=0, microsecond=0)


def _earlier_session(service: HealthcareService) -> Booking | None:
    """The session of an earlier start, known by the hours that were opened for it."""
    opened = AvailabilityException.objects.filter(reason=_REASON).order_by("-starts_at").first()
    if opened is None:
        return None
    found = Booking.objects.filter(
        service=service,
        child__public_id=stable_id("child", _CHILD),
        mode=Mode.VIDEO,
        status=BookingStatus.BOOKED,
        occupancy__starts_at=opened.starts_at,
    )
    return found.select_related("occupancy").first()


def _try_at(starts_at: datetime, service: HealthcareService, earlier: Booking | None) -> bool:
    """Have it at this time; False where somebody has something else then."""
    try:
        _open_hours(starts_at, service)
        if earlier is not None:
            _move(earlier, starts_at)
        else:
            _book(starts_at, service)
    except (ChildAlreadyBooked, IntegrityError, SlotNotOffered, SlotTaken):
        return False
    return True


def _open_hours(starts_at: datetime, service: HealthcareService) -> None:
    ends_at = starts_at + timedelta(minutes=service.duration_minutes + service.buffer_minutes)
    AvailabilityException.objects.filter(reason=_REASON).delete()
    AvailabilityException.objects.create(
        provider=service.providers.get(), starts_at=starts_at, ends_at=ends_at, is_open=True, reason=_REASON
    )


@transaction.atomic(durable=True)
def _move(booking: Booking, starts_at: datetime) -> None:
    by = starts_at - booking.occupancy.starts_at
    Encounter.objects.filter(occupancy=booking.occupancy).delete()
    Occupancy.objects.filter(pk=booking.occupancy_id).update(
        busy_from=F("busy_from") + by, starts_at=starts_at, ends_at=F("ends_at") + by, busy_until=F("busy_until") + by
    )


def _book(starts_at: datetime, service: HealthcareService) -> None:
    user = User.objects.get(public_id=stable_id("user", _PARENT))
    child = Child.objects.get(public_id=stable_id("child", _CHILD))
    booked_at = starts_at - _BOOKED_BEFORE
    empty_basket(user)
    put_session_in_basket(user=user, service=service, child=child, mode=Mode.VIDEO, starts_at=starts_at, now=booked_at)
    order = placed_order(user, booked_at)
    pay_order(order=order, paid_at=booked_at + timedelta(minutes=3))
