"""Leading families on: telling them, doing what they choose, and giving everything back where they choose nothing."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.order.services import end_withheld
from catalog.scheduling.errors import BookingEnded, NotYourBooking
from catalog.scheduling.locks import locked_bookings
from catalog.scheduling.models import Booking
from catalog.scheduling.retry import retried
from catalog.scheduling.rules import PAID_AHEAD
from marketplace.accounts.models import User
from marketplace.core.formatting import moment_text
from marketplace.notifications.services import notify

from .enums import Outcome
from .errors import OfferGone, ReroutingEnded
from .locks import locked_rerouting
from .models import Rerouting
from .selectors import Replacement, bookings_to_reroute, is_still_withheld, replacements

logger = logging.getLogger(__name__)

#: How long a family may think, but never until the session itself: nobody travels to one that does not take place.
THINK_FOR = timedelta(hours=48)
BEFORE_IT_STARTS = timedelta(hours=2)
_AT_ONCE = 500


def reroute_families(*, now: datetime | None = None) -> int:
    """Tell every family whose session cannot take place and that has not heard of it; return how many were told."""
    now = now or timezone.now()
    due = list(bookings_to_reroute(now).values_list("pk", flat=True)[:_AT_ONCE])
    return _each(due, lambda pk: _tell(pk, now))


@retried
@transaction.atomic
def _tell(booking_id: int, now: datetime) -> bool:
    """Tell one family, unless somebody did or it is over by now."""
    [booking] = locked_bookings([booking_id])
    if booking.status not in PAID_AHEAD or not bookings_to_reroute(now).filter(pk=booking_id).exists():
        return False
    by = min(now + THINK_FOR, booking.starts_at - BEFORE_IT_STARTS)
    row = Rerouting.objects.create(booking=booking, told_at=now, decide_by=max(now, by))
    body = _("很抱歉，{when} 的预约不能照常进行了，不是你的原因。可以换一位，也可以全额退款，由你来选。").format(
        when=moment_text(booking.starts_at)
    )
    _notify(row, "told", _("一个预约需要另外安排"), body)
    return True


def tend_reroutings(*, now: datetime | None = None) -> int:
    """Close what needs no decision any more, and give the money back where the time to choose is over."""
    now = now or timezone.now()
    waiting = Rerouting.objects.filter(outcome=Outcome.OPEN).order_by("decide_by", "pk").values_list("pk", flat=True)
    closed = _each(list(waiting), lambda pk: _tend(pk, now))
    return closed + _each(list(waiting.filter(decide_by__lte=now)), lambda pk: _run_out(pk, now))


@retried
@transaction.atomic
def _tend(pk: int, now: datetime) -> bool:
    booking = Booking.objects.get(reroutings=pk)
    [booking] = locked_bookings([booking.pk])
    row = locked_rerouting(pk)
    if not row.is_open:
        return False
    if booking.status not in PAID_AHEAD:
        return _close(row, Outcome.ENDED, None, now)
    if not is_still_withheld(booking):
        body = _("{when} 的预约可以照常进行了，不用再选。谢谢你的耐心。").format(when=moment_text(booking.starts_at))
        _notify(row, "restored", _("预约照常进行"), body)
        return _close(row, Outcome.RESTORED, None, now)
    return False


def _run_out(pk: int, now: datetime) -> bool:
    """Give everything back, unless it was decided meanwhile."""
    try:
        _end(pk, Outcome.RUN_OUT, None, now)
    except (ReroutingEnded, BookingEnded):
        return False
    return True


def refund_rerouted(*, rerouting: Rerouting, chosen_by: User, now: datetime | None = None) -> Rerouting:
    """Give all of the money back, as the family chose. Raises: NotYourBooking, ReroutingEnded."""
    if rerouting.booking.booked_by_id != chosen_by.pk:
        raise NotYourBooking
    return _end(rerouting.pk, Outcome.REFUNDED, chosen_by, now or timezone.now())


def replace_rerouted(*, rerouting: Rerouting, wanted: str, chosen_by: User, now: datetime | None = None) -> Replacement:
    """Give all of the money back and return the time with somebody else that the family chose, to be booked next.

    `wanted` names one of `replacements`. Raises: NotYourBooking, ReroutingEnded, OfferGone (nothing is changed then).
    """
    if rerouting.booking.booked_by_id != chosen_by.pk:
        raise NotYourBooking
    now = now or timezone.now()
    found = next((each for each in replacements(rerouting.booking, now=now) if each.key == wanted), None)
    if found is None:
        raise OfferGone
    _end(rerouting.pk, Outcome.REPLACED, chosen_by, now)
    return found


@retried
@transaction.atomic
def _end(pk: int, outcome: Outcome, by: User | None, now: datetime) -> Rerouting:
    """End the session, give everything back and write down why. The order is locked before the row."""
    row = Rerouting.objects.get(pk=pk)
    if not row.is_open:
        raise ReroutingEnded
    end_withheld(booking_id=row.booking_id, initiator=by, now=now)
    row = locked_rerouting(pk)
    if not row.is_open:
        raise ReroutingEnded
    _close(row, outcome, by, now)
    return row


def _close(row: Rerouting, outcome: Outcome, by: User | None, now: datetime) -> bool:
    row.outcome, row.decided_at, row.decided_by = outcome, now, by
    row.save(update_fields=["outcome", "decided_at", "decided_by"])
    return True


def _notify(row: Rerouting, fact: str, subject: str, body: str) -> None:
    """Tell whoever booked; fit for a stranger's eyes."""
    notify(
        key=f"rerouting:{row.pk}:{fact}",
        recipient=row.booking.booked_by,
        subject=subject,
        body=body,
        url=reverse("rerouting:choose", args=[row.public_id]),
    )


def _each(ids: Iterable[int], do: Callable[[int], bool]) -> int:
    """Do it for each; one family's trouble is not the others'."""
    done = 0
    for pk in ids:
        try:
            done += do(pk)
        except Exception:  # the next beat tries it again
            logger.exception("rerouting could not go on with %s", pk)
    return done
