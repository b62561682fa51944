"""Other calendars of a provider: what is in them cannot be booked here. What they are about is never read, only when."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ..calendar_file import UID_DOMAIN
from ..enums import CalendarTrouble
from ..errors import AddressNotReadable, TooManyCalendars
from ..intervals import Interval
from ..locks import lock_provider
from ..models import BusyCalendar, BusyTime, Provider
from ..outside_calendars import Unreadable, busy_times, fetch, is_https
from ..retry import retried
from ..timetable import day_of, moment_of
from .places import announce

MAX_CALENDARS = 5
#: How far ahead other calendars are read; nothing is sold later than a series reaches.
READ_AHEAD = timedelta(days=180)
READ_BACK = timedelta(days=1)


@transaction.atomic(durable=True)
def add_busy_calendar(*, provider: Provider, label: str, address: str, now: datetime | None = None) -> BusyCalendar:
    """Note another calendar by its private address (https or webcal); it is read as soon as this is committed.

    Raises:
        AddressNotReadable: no address of that kind.
        TooManyCalendars: the provider has five already.
    """
    address = address.strip()
    if not is_https(address):
        raise AddressNotReadable
    lock_provider(provider.pk)
    if provider.busy_calendars.count() >= MAX_CALENDARS:
        raise TooManyCalendars
    calendar = BusyCalendar.objects.create(
        provider=provider, label=label.strip()[:40], address=address, added_at=now or timezone.now()
    )
    transaction.on_commit(lambda: _read_soon(calendar.pk), robust=True)
    return calendar


def _read_soon(calendar_id: int) -> None:
    from ..tasks import read_one_calendar

    read_one_calendar.delay(calendar_id)


@transaction.atomic(durable=True)
def remove_busy_calendar(*, provider: Provider, public_id: UUID) -> None:
    """Forget another calendar of this provider and what it kept; one that is gone already is no error."""
    lock_provider(provider.pk)
    provider.busy_calendars.filter(public_id=public_id).delete()
    announce([provider.pk])


def read_busy_calendar(*, calendar_id: int, now: datetime | None = None) -> CalendarTrouble | None:
    """Read one calendar again, outside any transaction, and keep its busy times; return what went wrong, if anything.

    When it cannot be read, what was read last stays: better a time too few than one too many. One that was removed
    meanwhile is no error.
    """
    now = now or timezone.now()
    calendar = BusyCalendar.objects.filter(pk=calendar_id).select_related("provider").first()
    if calendar is None:
        return None
    try:
        fetched = fetch(calendar.address, etag=calendar.etag if _is_of_today(calendar, now) else "")
        times = None
        if fetched.content is not None:
            window = {"begin": now - READ_BACK, "end": now + READ_AHEAD}
            times = list(busy_times(fetched.content, own_domain=UID_DOMAIN, **window))
    except Unreadable as failure:
        _note_trouble(calendar_id, failure.trouble, now)
        return failure.trouble
    _keep(calendar, times, fetched.etag, now)
    return None


def _is_of_today(calendar: BusyCalendar, now: datetime) -> bool:
    """Whether an unchanged calendar may be passed over; on another day what lies ahead has moved on."""
    return calendar.read_at is not None and day_of(int(calendar.read_at.timestamp())) == day_of(int(now.timestamp()))


def _note_trouble(calendar_id: int, trouble: CalendarTrouble, now: datetime) -> None:
    row = BusyCalendar.objects.filter(pk=calendar_id)
    row.filter(trouble="").update(trouble_since=now)
    row.update(trouble=trouble)


@retried
@transaction.atomic(durable=True)
def _keep(calendar: BusyCalendar, times: list[Interval] | None, etag: str, now: datetime) -> None:
    """Replace what a calendar said; `times` is None when it says the same as before."""
    lock_provider(calendar.provider_id)
    row = BusyCalendar.objects.filter(pk=calendar.pk)
    if not row.update(read_at=now, trouble="", trouble_since=None, etag=etag) or times is None:
        return
    new = {(moment_of(start), moment_of(end)) for start, end in times}
    old = {(each.starts_at, each.ends_at): each.pk for each in calendar.times.all()}
    gone = [pk for span, pk in old.items() if span not in new]
    BusyTime.objects.filter(pk__in=gone).delete()
    added = [
        BusyTime(calendar=calendar, provider_id=calendar.provider_id, starts_at=start, ends_at=end)
        for start, end in sorted(new - set(old))
    ]
    BusyTime.objects.bulk_create(added)
    if gone or added:
        announce([calendar.provider_id])


def read_due_calendars(*, now: datetime | None = None) -> int:
    """Read every calendar of an active provider again, the one that has waited longest first; return how many."""
    due = BusyCalendar.objects.filter(provider__is_active=True).order_by("read_at", "pk").values_list("pk", flat=True)
    for calendar_id in due:
        read_busy_calendar(calendar_id=calendar_id, now=now)
    return len(due)
