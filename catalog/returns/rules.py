"""Until when goods come back, and what for. Pure.

Law on protecting consumers, art. 25: seven days from receipt, without a reason; the day after receipt is the first.
Goods made to measure and goods that touch the body once opened are left out, which must be said before sale.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from catalog.catalogue.enums import ReturnRule
from catalog.fulfilment.earning import DELIVERED_AFTER
from catalog.fulfilment.models import Shipment

RETURN_DAYS = 7
#: How long a partner has to answer; after that a return that the law grants is agreed by itself.
ANSWER_WITHIN = timedelta(hours=72)
#: How long a family has to hand the parcel in once it may.
SEND_WITHIN = timedelta(days=14)
#: When our staff look into a parcel on its way back that nobody confirmed.
RECEIVE_WITHIN = timedelta(days=10)
#: How long a course that nobody learned from may be given back.
COURSE_WITHIN = timedelta(days=7)
RETURNABLE = (ReturnRule.SEVEN_DAYS, ReturnRule.UNOPENED)


def arrived_at(shipment: Shipment) -> datetime | None:
    """Return when a parcel arrived: as noted, or a week after it left; None while it has not left."""
    if shipment.delivered_at:
        return shipment.delivered_at
    return shipment.shipped_at + DELIVERED_AFTER if shipment.shipped_at else None


def return_until(shipment: Shipment) -> datetime | None:
    """Return the end of the seventh day after the day of receipt, in local time; None while it has not left."""
    arrived = arrived_at(shipment)
    if arrived is None:
        return None
    first = timezone.localtime(arrived).replace(hour=0, minute=0, second=0, microsecond=0)
    return first + timedelta(days=RETURN_DAYS + 1)


def part_of_price_fen(price_fen: int, *, of: int, before: int, units: int) -> int:
    """Return what `units` of a line of `of` are worth after `before` went back: the parts sum to the price exactly."""
    return price_fen * (before + units) // of - price_fen * before // of
