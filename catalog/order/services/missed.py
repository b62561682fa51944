"""Sessions nobody came to: what the product's policy gives back of them all the same."""

import logging
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from catalog.catalogue.cancellation import MAX_WINDOWS, MISSED
from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking
from payments.enums import RefundReason

from ..cancellations import line_quote
from ..models import Line, LineRefund
from .cancelling import locked_line
from .refunding import ask_line_refund

logger = logging.getLogger(__name__)
#: So long a session marked as missed by mistake can be put right before money moves; and how far back is looked.
MARK_STANDS_AFTER = timedelta(hours=24)
LOOK_BACK = timedelta(days=30)
_ACT = "missed"


def refund_missed(*, now: datetime | None = None, limit: int = 200) -> int:
    """Give back the policy's share of missed sessions, each once, a day after they ended; return how many were refunded.

    A session of a package stays spent.
    """
    now = now or timezone.now()
    done = 0
    for booking_id in _due(now)[:limit]:
        try:
            done += _refund(booking_id, now)
        except Exception:  # one family's trouble is not the others'
            logger.exception("missed booking %s could not be refunded", booking_id)
    return done


def _due(now: datetime) -> list[int]:
    asked = LineRefund.objects.filter(line__booking=OuterRef("pk"), refund__key__endswith=f":{_ACT}")
    # The share stands after the windows.
    has_share = reduce(or_, (Q(**{f"cancellation_windows__{at}__has_key": MISSED}) for at in range(1, MAX_WINDOWS + 1)))
    missed = Booking.objects.filter(
        ~Exists(asked),
        has_share,
        status=BookingStatus.NOSHOW,
        # Bounds that an index knows: sessions by their start.
        occupancy__is_live=True,
        occupancy__starts_at__gt=now - LOOK_BACK,
        occupancy__starts_at__lt=now - MARK_STANDS_AFTER,
        ends_at__lte=now - MARK_STANDS_AFTER,
    )
    return list(missed.order_by("pk").values_list("pk", flat=True))


@transaction.atomic(durable=True)
def _refund(booking_id: int, now: datetime) -> bool:
    line: Line = locked_line(booking_id)
    booking = line.booking
    if booking is None or booking.status != BookingStatus.NOSHOW:
        return False
    quote = line_quote(line, window=booking.cancellation_policy.missed_window)
    if not quote.refund_fen:
        return False
    ask_line_refund(
        line=line, amount_fen=quote.refund_fen, reason=RefundReason.FAMILY_CANCELLED, initiator=None, act=_ACT
    )
    return True
