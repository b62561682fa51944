"""The one way to our people on safety duty."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.notifications.services import notify

from .selectors import people_on_safety_duty

logger = logging.getLogger(__name__)


def alert_duty(*, key: str, body: str, url: str, now: datetime | None = None) -> int:
    """Tell whoever is on safety duty that something waits at `url`, once per key, and return how many were told.

    Joins the caller's transaction, and never stops what it belongs to: whatever goes wrong, the fact itself is kept and
    help is shown. Where nobody could be told (0), the caller
    tries again later. `body` must be fit for a stranger's eyes.
    """
    told = 0
    try:
        with transaction.atomic():
            people = list(people_on_safety_duty(now or timezone.now()))
    except Exception as error:  # noqa: BLE001 - an alarm that fails must not take the numbers to call with it
        logger.error("safety duty not found for %s: %s", key, type(error).__name__)
        return 0
    for person in people:
        told += _was_told(person, key, body, url)
    return told


def _was_told(person: User, key: str, body: str, url: str) -> bool:
    try:
        with transaction.atomic():
            notify(key=f"{key}:{person.pk}", recipient=person, body=body, url=url)
    except Exception as error:  # noqa: BLE001 - one that cannot be told stops no other
        logger.error("safety duty not told of %s: %s", key, type(error).__name__)
        return False
    return True
