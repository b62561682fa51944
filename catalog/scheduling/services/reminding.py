"""Reminders a day and an hour before. Their words are neutral: a glance at a locked phone tells nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core.formatting import moment_text
from marketplace.notifications.services import notify

from ..enums import BookingStatus
from ..models import Booking


@dataclass(frozen=True, slots=True)
class _Reminder:
    """One kind of reminder: sent from `before` the start until `until` before it, noted in `field`."""

    kind: str
    before: timedelta
    until: timedelta
    field: str

    def due(self, now: datetime) -> QuerySet[Booking]:
        """Return the bookings to remind of; one made later than this reminder's time needs none."""
        made_early = Q(created_at__lte=F("occupancy__starts_at") - self.before) | Q(moved_count__gt=0)
        return Booking.objects.filter(
            made_early,
            status=BookingStatus.BOOKED,
            occupancy__starts_at__gt=now + self.until,
            occupancy__starts_at__lte=now + self.before,
            **{f"{self.field}__isnull": True},
        )


_DAY = _Reminder("day", timedelta(hours=24), timedelta(hours=1), "reminded_day_at")
_HOUR = _Reminder("hour", timedelta(hours=1), timedelta(0), "reminded_hour_at")


def send_due_reminders(*, now: datetime | None = None) -> int:
    """Remind families of what begins within a day or an hour, once per booking, kind and time; return how many."""
    now = now or timezone.now()
    sent = 0
    for reminder in (_DAY, _HOUR):
        for booking_id in reminder.due(now).order_by("pk").values_list("pk", flat=True):
            sent += _remind(reminder, booking_id, now)
    return sent


@transaction.atomic(durable=True)
def _remind(reminder: _Reminder, booking_id: int, now: datetime) -> bool:
    """Claim the reminder and write its messages in one transaction; another beat that comes too finds it claimed."""
    claimed = reminder.due(now).filter(pk=booking_id).select_for_update(of=("self",), skip_locked=True)
    if claimed.values_list("pk").first() is None:
        return False
    booking = Booking.objects.select_related("occupancy", "booked_by").get(pk=booking_id)
    Booking.objects.filter(pk=booking_id).update(**{reminder.field: now})
    notify(
        # Who comes with others is reminded once.
        key=f"reminder-{reminder.kind}-{booking.together_id or booking.public_id}-{booking.moved_count}",
        recipient=booking.booked_by,
        subject=_("预约提醒"),
        body=_("提醒：你在心桥的预约时间是 %(moment)s。") % {"moment": moment_text(booking.occupancy.starts_at)},
        url=reverse("bookings:detail", args=[booking.public_id]),
    )
    return True
