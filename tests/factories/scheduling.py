from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from catalog.scheduling.enums import BookingStatus, Mode, OccupancyKind
from catalog.scheduling.models import Booking, HealthcareService, Occupancy, Provider
from marketplace.accounts.models import User
from marketplace.families.models import Child

from .catalogue import make_service
from .people import make_child, make_parent

SHANGHAI = ZoneInfo("Asia/Shanghai")


def shanghai(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment by the clock of Shanghai."""
    return datetime.combine(day, time(hour, minute), SHANGHAI)


def next_weekday(weekday: int, *, weeks: int = 0) -> date:
    """The first such day (Monday is 0) from tomorrow on, so many weeks later."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    return tomorrow + timedelta(days=(weekday - tomorrow.weekday()) % 7, weeks=weeks)


def make_occupancy(
    service: HealthcareService, *, starts_at: datetime, provider: Provider | None = None, **fields: Any
) -> Occupancy:
    """Taken time of a provider (the service's first unless named), as long as the service and its interval."""
    ends_at = starts_at + timedelta(minutes=service.duration_minutes)
    fields = {
        "busy_from": starts_at - timedelta(minutes=service.buffer_before_minutes),
        "ends_at": ends_at,
        "busy_until": ends_at + timedelta(minutes=service.buffer_minutes),
        "location": service.location,
    } | fields
    return Occupancy.objects.create(
        provider=provider or service.providers.first(), service=service, starts_at=starts_at, **fields
    )


def make_group_occupancy(
    service: HealthcareService, *, starts_at: datetime, seats: int = 8, **fields: Any
) -> Occupancy:
    """One date of a group, with so many seats, all free."""
    return make_occupancy(service, starts_at=starts_at, kind=OccupancyKind.GROUP, seats=seats, **fields)


def make_booking(
    *,
    service: HealthcareService | None = None,
    starts_at: datetime | None = None,
    occupancy: Occupancy | None = None,
    child: Child | None = None,
    booked_by: User | None = None,
    status: BookingStatus = BookingStatus.BOOKED,
    mode: Mode = Mode.IN_PERSON,
    **fields: Any,
) -> Booking:
    """A place for a child, by default booked and in person, next Saturday at ten; past the services, for reads and pages."""
    booked_by = booked_by or (child and child.guardians.first()) or make_parent(children=0)
    child = child or booked_by.children.first() or make_child(booked_by)
    service = service or (occupancy.service if occupancy else make_service())
    occupancy = occupancy or make_occupancy(
        service, starts_at=starts_at or shanghai(next_weekday(5), 10), is_live=status != BookingStatus.CANCELLED
    )
    if status != BookingStatus.CANCELLED:
        occupancy.seats_taken += 1
        occupancy.save(update_fields=["seats_taken"])
    if status == BookingStatus.PENDING:
        fields.setdefault("held_until", timezone.now() + timedelta(minutes=30))
    if status == BookingStatus.PROPOSED:
        fields.setdefault("answer_by", timezone.now() + timedelta(hours=24))
    times = {"starts_at": occupancy.starts_at, "ends_at": occupancy.ends_at}  # as the database sets them
    return Booking.objects.create(
        occupancy=occupancy,
        service=service,
        child=child,
        booked_by=booked_by,
        status=status,
        mode=mode,
        **times | fields,
    )
