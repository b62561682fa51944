"""Group sessions with too few people: said two days before, and all of the money goes back."""

import logging
from datetime import datetime

from django.utils import timezone

from catalog.scheduling.services import decide_group, undecided_groups

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
