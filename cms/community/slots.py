"""Moments as the community keeps and shows them: by parts of a day, never finer."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

HOURS = 6


def slot_of(moment: datetime) -> datetime:
    """Return the beginning of the part of the (Shanghai) day a moment lies in."""
    local = timezone.localtime(moment)
    return local.replace(hour=local.hour // HOURS * HOURS, minute=0, second=0, microsecond=0)


def in_words(slot: datetime, *, now: datetime | None = None) -> str:
    """Return how a part of a day is shown: the more is past, the less of it."""
    today = timezone.localdate(now)
    local = timezone.localtime(slot)
    if local.date() >= today:
        return [_("今天夜里"), _("今天上午"), _("今天下午"), _("今天晚上")][local.hour // HOURS]
    if local.date() == today - timedelta(days=1):
        return _("昨天")
    if local.date() >= today - timedelta(days=6):
        return _("这几天")
    if local.year == today.year:
        return date_format(local, "F")
    return _("%(year)d年") % {"year": local.year}
