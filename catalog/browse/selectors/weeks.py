"""Free times of one service, week by week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from catalog.scheduling.models import HealthcareService, Occupancy, Provider
from catalog.scheduling.selectors import Slot, open_slots

from .listings import shanghai_today

DAYS = 7


@dataclass(frozen=True, slots=True)
class FreeTime:
    """A start that can be chosen, named as the slot picker wants it."""

    starts_at: datetime
    ends_at: datetime
    href: str
    seats_left: int
    is_free: bool = True


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from `starts_on`; `previous` and `next` are the first days of the weeks around, where there are any."""

    starts_on: date
    days: list[tuple[date, list[FreeTime]]]
    previous: date | None
    next: date | None

    @property
    def is_empty(self) -> bool:
        return not any(times for _, times in self.days)

    @property
    def first_free(self) -> int:
        """The index of the first day with a free time; 0 where there is none."""
        return next((index for index, (_, times) in enumerate(self.days) if times), 0)


def free_week(service: HealthcareService, *, starts_on: date, provider: Provider | None, now: datetime) -> Week:
    """Return the free times of a week that holds `starts_on`, counted in sevens from today."""
    today = shanghai_today(now)
    last = today + timedelta(days=service.horizon_days)
    wanted = min(max(starts_on, today), last)
    first = today + timedelta(days=(wanted - today).days // DAYS * DAYS)
    end = first + timedelta(days=DAYS - 1)
    slots = open_slots(service=service, from_on=first, to_on=end, now=now, provider=provider)
    by_day: dict[date, list[FreeTime]] = {first + timedelta(days=ahead): [] for ahead in range(DAYS)}
    for slot in slots:
        by_day[slot.starts_at.date()].append(_free_time(slot, provider))
    return Week(
        starts_on=first,
        days=list(by_day.items()),
        previous=first - timedelta(days=DAYS) if first > today else None,
        next=first + timedelta(days=DAYS) if end < last else None,
    )


def free_sessions(service: HealthcareService, *, now: datetime) -> list[FreeTime]:
    """Return every session of a group that still has seats."""
    today = shanghai_today(now)
    slots = open_slots(service=service, from_on=today, to_on=today + timedelta(days=service.horizon_days), now=now)
    ids = _public_ids(slots)
    return [_free_time(slot, None, ids.get(slot.occupancy_id or 0)) for slot in slots]


def _public_ids(slots: Sequence[Slot]) -> dict[int, UUID]:
    ids = [slot.occupancy_id for slot in slots if slot.occupancy_id]
    return dict(Occupancy.objects.filter(pk__in=ids).values_list("pk", "public_id")) if ids else {}


def _free_time(slot: Slot, provider: Provider | None, session: UUID | None = None) -> FreeTime:
    query: dict[str, object] = {"service": slot.service_id, "start": slot.starts_at.isoformat(timespec="minutes")}
    query["provider"] = provider.pk if provider else ""
    if session:
        query["occupancy"] = session
    href = f"{reverse('basket:choose')}?{urlencode(query)}"
    return FreeTime(slot.starts_at, slot.ends_at, href, slot.seats_left)
