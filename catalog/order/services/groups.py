"""Group sessions that do not take place, for too few people or by their provider: all of the money goes back."""

import logging
from datetime import datetime

from django.utils import timezone

from catalog.scheduling.services import call_off_group, decide_group, undecided_groups
from marketplace.accounts.models import User

from .requests import end_unanswered

logger = logging.getLogger(__name__)


def decide_groups(*, now: datetime | None = None) -> int:
    """Decide every group session whose time has come, each in transactions of its own; return how many do not take place.

    Refunds that fail here are made up for by `lapse_requests`.
    """
    now = now or timezone.now()
    fallen = 0
    for occupancy_id in undecided_groups(now=now):
        try:
            decision = decide_group(occupancy_id=occupancy_id, now=now)
        except Exception:  # one group's trouble is not the others'
            logger.exception("group session %s could not be decided", occupancy_id)
            continue
        fallen += decision.runs is False
        end_unanswered(decision.booking_ids, now=now)
    return fallen


def cancel_group(*, occupancy_id: int, initiator: User, now: datetime | None = None) -> int:
    """Take a group session back for its provider: families are told, and have all of their money back.

    Return how many orders' places ended here; refunds that fail are made up for by `lapse_requests`. Families for whom it
    was too late to cancel without loss are owed more than the price, as after `cancel_booked_line`.

    Raises: NotYourBooking, BookingEnded, TooLateToChange (from scheduling).
    """
    now = now or timezone.now()
    booking_ids = call_off_group(occupancy_id=occupancy_id, called_off_by=initiator, now=now)
    return end_unanswered(booking_ids, now=now, initiator=initiator)
