"""Asking a day before a session, in words that tell a glance at a locked phone nothing."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.scheduling.models import Booking
from marketplace.notifications.enums import Channel
from marketplace.notifications.services import notify

from ..models import Invitation
from ..rules import is_waking_hour
from ..selectors import bookings_to_ask


def ask_before_sessions(*, now: datetime | None = None) -> int:
    """Ask about every session of the next day, once each and not at night; return how many were asked."""
    now = now or timezone.now()
    if not is_waking_hour(now):
        return 0
    return sum(_ask(booking_id, now) for booking_id in bookings_to_ask(now).values_list("pk", flat=True))


@transaction.atomic(durable=True)
def _ask(booking_id: int, now: datetime) -> bool:
    """Claim the asking and write its message in one transaction; another beat that comes too finds it claimed."""
    due = bookings_to_ask(now).filter(pk=booking_id).select_for_update(of=("self",), skip_locked=True)
    booking: Booking | None = due.select_related("child__account", "booked_by").first()
    if booking is None:
        return False
    Invitation.objects.create(booking=booking, asked_at=now)
    notify(
        key=f"measures-ask-{booking.public_id}",
        recipient=booking.child.account or booking.booked_by,
        subject=_("见面之前"),
        body=_("下次见面之前有几个小问题，一分钟就好，答不答都可以。"),
        url=reverse("measures:answer", args=[booking.public_id]),
        channels=[Channel.IN_APP],
    )
    return True
