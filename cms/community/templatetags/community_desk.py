"""Tags of the desk and of holds: spans in words, what authors are told, the usual wait, what to read in a hold."""

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Decision, Post, Reply
from ..moderation import selectors
from ..moderation.wording import usual_wait_words
from ..postvention.guidance import to_read

register = template.Library()
_USUAL = "community:usual_wait"
_KEPT_FOR = 300


@register.filter
def how_long(span: timedelta | None) -> str:
    """Return a span in words, as coarse as it may be: 12 分钟, 3 小时, 2 天; 不到 1 分钟."""
    if span is None:
        return _("没有")
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return _("不到 1 分钟")
    if minutes < 60:
        return ngettext("%(count)d 分钟", "%(count)d 分钟", minutes) % {"count": minutes}
    hours, rest = divmod(minutes, 60)
    if hours < 48:
        whole = ngettext("%(count)d 小时", "%(count)d 小时", hours) % {"count": hours}
        return whole if not rest or hours >= 10 else f"{whole} {how_long(timedelta(minutes=rest))}"
    return ngettext("%(count)d 天", "%(count)d 天", hours // 24) % {"count": hours // 24}


@register.filter
def seconds_long(seconds: int | None) -> str:
    """Return so many seconds in words, a begun minute as a whole one."""
    return how_long(None if seconds is None else timedelta(minutes=-(-seconds // 60)))


@register.filter
def waited_since(moment: datetime) -> str:
    """Return how long ago a moment was."""
    return how_long(timezone.now() - moment)


@register.simple_tag
def usual_wait() -> str:
    """Return within how long something is usually seen, from real decisions; "" where too little is known."""
    minutes = cache.get(_USUAL)
    if minutes is None:
        minutes = selectors.usual_wait_minutes(timezone.now()) or 0
        cache.set(_USUAL, minutes, _KEPT_FOR)
    return usual_wait_words(minutes or None)


@register.simple_tag
def calm_reading() -> list[Any]:
    """Return what the banner of a hold leads to."""
    return to_read()


@register.inclusion_tag("community/moderation/_told.html")
def told_about(writing: Post | Reply, decision: Decision | None = None, *, look: bool = True) -> dict[str, Any]:
    """Show an author what they were told about a text. A list passes the decisions it fetched, and `look=False`."""
    found = selectors.standing_decision(writing) if look and decision is None else decision
    return {"writing": writing, "kind": "post" if isinstance(writing, Post) else "reply", "decision": found}
