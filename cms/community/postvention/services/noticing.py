"""Counting what is written, and turning the hold on when the rule says so. Joins the transaction of whoever sends a text."""

import logging
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from marketplace.core.pseudonyms import pseudonym

from ...models import HoldMode, Post, Reply, Sight, Topic
from ...services import raising, showing
from .. import selectors, surge
from ..enums import HoldCause
from ..themes import themes_of
from .holding import begin

logger = logging.getLogger(__name__)

#: A topic of its own is held when at least this share of a surge is in it; else the whole community.
_SHARE_OF_ONE_TOPIC = 0.8


def notice(*, writing: Post | Reply, text: str, kind: str, level: int, now: datetime | None = None) -> HoldMode | None:
    """Count a text in each theme it speaks of, and return the hold that begins with it, if one does.

    `kind` and `level` are the gate's. A failure here never stops somebody from sending: it is logged, and the text waits
    for a person anyway.
    """
    try:
        with transaction.atomic():
            return _noticed(writing, text, kind, level, now or timezone.now())
    except Exception as error:  # noqa: BLE001 - counting must not stand between a child and the send button
        logger.error("surge rule failed: %s", type(error).__name__)
        return None


def look(*, theme: str, topic: Topic, now: datetime, is_drill: bool = False) -> HoldMode | None:
    """Apply the rule to a theme, in a topic and in the whole community, and begin the hold it asks for."""
    everywhere = selectors.reading(theme=theme, topic=None, now=now, is_drill=is_drill)
    here = selectors.reading(theme=theme, topic=topic, now=now, is_drill=is_drill)
    cause = HoldCause.DRILL if is_drill else HoldCause.SURGE
    is_of_one_topic = here.seen >= everywhere.seen * _SHARE_OF_ONE_TOPIC
    if here.is_surge and is_of_one_topic:
        return begin(topic=topic, cause=cause, theme=theme, reading=here, now=now)
    if everywhere.is_surge:
        return begin(topic=None, cause=cause, theme=theme, reading=everywhere, now=now)
    return None


def _noticed(writing: Post | Reply, text: str, kind: str, level: int, now: datetime) -> HoldMode | None:
    thread = showing.thread_of(writing)
    begun = None
    for theme in sorted(themes_of(text, kind=kind, level=level)):
        if not _is_first_of_writer(writing, theme):
            continue
        Sight.objects.create(theme=theme, topic=thread.topic, thread=thread, seen_at=now)
        begun = look(theme=theme, topic=thread.topic, now=now) or begun
    return begun


def _is_first_of_writer(writing: Post | Reply, theme: str) -> bool:
    """Whether this writer is not counted yet in these hours: what tells, lies in the cache and ends with them.

    The key is of the theme and the person together, so that nothing kept leads from one text to another.
    """
    alias = raising.alias_of(writing)
    writer = raising.sealed_member(alias) if alias else None
    if writer is None:
        return True
    key = f"community:sight:{theme}:{pseudonym(writer.public_id, f'community:sight:{theme}')}"
    return bool(cache.add(key, 1, surge.WINDOW / timedelta(seconds=1)))
