"""Changing what lies in a basket."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from catalog.scheduling.enums import BookingStatus, CancelledBy
from catalog.scheduling.services import release_bookings
from marketplace.accounts.models import User

from .. import locks
from ..errors import LineGone, TooManyUnits
from ..models import Basket, Line
from ..offers import current_offer
from ..rules import is_over


@transaction.atomic(durable=True)
def remove_line(*, user: User, line_id: int) -> None:
    """Take a line out; the time it held is free again at once, and with it what was taken together. Repeats do nothing."""
    basket = locks.locked_open_basket(user)
    line = locks.line_of(basket, line_id)
    if line is None:
        return
    lines = _with_those_together(basket, [line])
    held = [each.booking_id for each in lines if each.booking and each.booking.status == BookingStatus.PENDING]
    if held:
        release_bookings(booking_ids=[pk for pk in held if pk], cancelled_by=CancelledBy.FAMILY)
    Line.objects.filter(pk__in=[each.pk for each in lines]).delete()


@transaction.atomic(durable=True)
def change_quantity(*, user: User, line_id: int, quantity: int) -> Line:
    """Want another number of units of a line.

    Raises:
        LineGone: it is not in this person's open basket.
        TooManyUnits: not between 1 and what may be bought now. NotForSale: not on sale any more.
    """
    line = locks.line_of(locks.locked_open_basket(user), line_id)
    if line is None:
        raise LineGone
    if not 1 <= quantity <= current_offer(line.product, line.stockrecord).max_units:
        raise TooManyUnits
    line.quantity = quantity
    line.save(update_fields=["quantity", "date_updated"])
    return line


@transaction.atomic(durable=True)
def drop_expired_lines(*, user: User, now: datetime | None = None) -> list[datetime]:
    """Take out the lines whose time is no longer held, with what was taken together with them.

    Returns the times that were lost, for a kind sentence.
    """
    now = now or timezone.now()
    basket = locks.locked_open_basket(user)
    lines = Line.objects.select_related("booking__occupancy").filter(basket=basket, booking__isnull=False)
    gone = _with_those_together(basket, [line for line in lines if is_over(line, now=now)])
    pending = [line.booking_id for line in gone if line.booking and line.booking.status == BookingStatus.PENDING]
    if pending:
        release_bookings(booking_ids=pending, cancelled_by=CancelledBy.EXPIRY)
    Line.objects.filter(pk__in=[line.pk for line in gone]).delete()
    return sorted({line.booking.occupancy.starts_at for line in gone if line.booking})


def _with_those_together(basket: Basket | None, lines: Sequence[Line]) -> list[Line]:
    """Return lines of a locked basket and those whose places were taken together with theirs."""
    together = {line.booking.together_id for line in lines if line.booking and line.booking.together_id}
    others = Line.objects.select_related("booking__occupancy").filter(basket=basket, booking__together_id__in=together)
    return list({line.pk: line for line in [*lines, *others]}.values())
