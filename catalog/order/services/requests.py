"""A provider's answer to a paid request, or none: then all of the money goes back."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from catalog.scheduling.enums import BookingStatus, CancelledBy
from catalog.scheduling.errors import NotYourBooking, RequestEnded
from catalog.scheduling.models import Booking
from catalog.scheduling.rules import may_mark_attendance
from catalog.scheduling.services import grant_request
from marketplace.accounts.models import User

from ..cancellations import lines_cancelled_with
from ..enums import DeclineReason, Why
from . import telling
from .cancelling import end_lines, locked_line

logger = logging.getLogger(__name__)


@transaction.atomic(durable=True)
def answer_request(
    *,
    booking_id: int,
    accepted: bool,
    answered_by: User,
    reason: DeclineReason | str = "",
    now: datetime | None = None,
) -> Booking:
    """Say yes or no to a request, for its provider. A yes fixes the place, a no ends it and all of the money goes back.

    `reason` of a no: a DeclineReason, or nothing. Places taken together end together.

    Raises: NotYourBooking, RequestEnded (answered, taken back or lapsed before).
    """
    now = now or timezone.now()
    line = locked_line(booking_id)
    booking = line.booking
    if booking is None or not may_mark_attendance(answered_by, booking):
        raise NotYourBooking
    if booking.status != BookingStatus.PROPOSED:
        raise RequestEnded
    if accepted:
        granted = grant_request(booking_id=booking_id, now=now)
        telling.tell_granted(line.order, granted)
        return next(each for each in granted if each.pk == booking_id)
    words = str(DeclineReason(reason).label) if reason else ""
    ended = end_lines(
        lines_cancelled_with(line),
        by=CancelledBy.PROVIDER,
        initiator=answered_by,
        now=now,
        why=Why.DECLINED,
        words=words,
    )
    return ended[0].booking


def lapse_requests(*, now: datetime | None = None, limit: int = 200) -> int:
    """End the requests nobody answered in time, each order in a transaction of its own; return how many ended."""
    now = now or timezone.now()
    due = Booking.objects.filter(status=BookingStatus.PROPOSED, answer_by__lte=now).order_by("answer_by", "pk")
    return end_unanswered(due.values_list("pk", flat=True)[:limit], now=now)


def end_unanswered(booking_ids: Iterable[int], *, now: datetime, initiator: User | None = None) -> int:
    """End these requests; return how many ended here, and not with another one or meanwhile.

    `initiator`: who took a group session back, if anybody did.
    """
    ended = 0
    for booking_id in list(booking_ids):
        try:
            ended += _lapse(booking_id, now, initiator)
        except Exception:  # one family's trouble is not the others'
            logger.exception("request %s could not be ended", booking_id)
    return ended


@transaction.atomic(durable=True)
def _lapse(booking_id: int, now: datetime, initiator: User | None) -> bool:
    """End one request; False when it was answered while we waited for it, or ended with another one."""
    line = locked_line(booking_id)
    booking = line.booking
    if booking is None or booking.status != BookingStatus.PROPOSED:
        return False
    if booking.answer_by is None or booking.answer_by > now:
        return False
    end_lines(
        lines_cancelled_with(line), by=CancelledBy.PROVIDER, initiator=initiator, now=now, why=_why_ended(booking)
    )
    return True


def _why_ended(booking: Booking) -> Why:
    if booking.occupancy.is_live:
        return Why.UNANSWERED
    return Why.TOO_FEW if booking.occupancy.decided_at else Why.CALLED_OFF
