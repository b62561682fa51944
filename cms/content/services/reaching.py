"""Counting how often help is taken from the library: per day and kind of item, never by whom.

Counts gather in the cache, so that reading a page writes nothing, and are folded into rows by the clock. What a crash of
the cache loses is a few hours of counting.
"""

import logging
from datetime import date, timedelta

from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ..enums import Kind
from ..models import HelpReach

logger = logging.getLogger(__name__)

HOME = "home"
KINDS = (*Kind.values, HOME)
_COUNTS = ("shown", "reached")
_KEPT = int(timedelta(days=3).total_seconds())


def count_shown(kind: str) -> None:
    """Count that the way to help was shown on a page of a kind."""
    _count("shown", kind)


def count_reached(kind: str) -> None:
    """Count that it was taken."""
    _count("reached", kind)


def _key(day: date, count: str, kind: str) -> str:
    return f"help-reach:{day:%Y%m%d}:{count}:{kind}"


def _count(count: str, kind: str) -> None:
    """Count one; nobody's way to help or to a text depends on it."""
    try:
        key = _key(timezone.localdate(), count, kind)
        cache.add(key, 0, timeout=_KEPT)
        cache.incr(key)
    except Exception as error:  # noqa: BLE001 - a count is never worth a page
        logger.warning("help reach not counted: %s", type(error).__name__)


def fold_help_reach() -> int:
    """Put what gathered today and yesterday into rows; return how many rows changed."""
    today = timezone.localdate()
    return sum(_fold(day, kind) for day in (today - timedelta(days=1), today) for kind in KINDS)


@transaction.atomic(durable=True)
def _fold(day: date, kind: str) -> bool:
    gathered = {count: _take(_key(day, count, kind)) for count in _COUNTS}
    if not any(gathered.values()):
        return False
    HelpReach.objects.get_or_create(day=day, kind=kind)
    HelpReach.objects.filter(day=day, kind=kind).update(**{count: F(count) + gathered[count] for count in _COUNTS})
    return True


def _take(key: str) -> int:
    """Return what gathered under a key and take it off; what is counted in between stays for the next time."""
    number = cache.get(key) or 0
    if number:
        cache.decr(key, number)
    return int(number)
