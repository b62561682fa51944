"""Messages of the desk: that something waits, never what and never about whom."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.core.minimising import without_identity_numbers
from marketplace.notifications.services import notify
from marketplace.safeguarding.services import alert_duty

from ..enums import EventKind
from ..models import Concern, ConcernEvent
from ..selectors import is_staffed, leads

logger = logging.getLogger(__name__)


def alert(concern: Concern, *, key: str, now: datetime) -> int:
    """Tell whoever is on duty, or everybody with the duty where nobody is; leads where nobody has it. Never raises."""
    body, url = _body(concern), page_of(concern)
    told = alert_duty(key=f"concern:{key}", body=body, url=url, now=now)
    told = told or tell(leads(), key=f"concern:{key}:lead", body=body, url=url)
    if told:
        concern.alerted_at = now
        concern.save(update_fields=["alerted_at"])
    return told


def alert_escalated(concern: Concern, people: Iterable[User], minutes: int) -> int:
    """Tell more people that nobody has looked for so many minutes, each once in a round."""
    body = _("已经等了 %(minutes)d 分钟还没有人接手。") % {"minutes": minutes} + _body(concern)
    return tell(people, key=f"concern:{concern.public_id}:{concern.round}:{minutes}", body=body, url=page_of(concern))


def tell_keeper(concern: Concern, keeper: User, *, key: str) -> int:
    """Tell whoever looks after a concern that there is more."""
    body = _("你接手的一件事有新的内容，请打开心桥看一下。")
    return tell([keeper], key=f"concern:{key}", body=body, url=page_of(concern))


def tell(people: Iterable[User], *, key: str, body: str, url: str) -> int:
    """Tell each of these people once per key, by every way we know (in the app, and by SMS or e-mail); return how many."""
    return sum(_was_told(person, key, body, url) for person in people)


def page_of(concern: Concern) -> str:
    """Return the address of a concern's page."""
    return reverse("concerns:concern", args=[concern.public_id])


def add_event(
    concern: Concern, kind: EventKind, *, at: datetime, by: User | None = None, text: str = "", **more: object
) -> ConcernEvent:
    """Write one thing down."""
    return ConcernEvent.objects.create(
        concern=concern, kind=kind, at=at, by=by, text=without_identity_numbers(text.strip()), **more
    )


def _was_told(person: User, key: str, body: str, url: str) -> bool:
    try:
        with transaction.atomic():
            notify(key=f"{key}:{person.pk}", recipient=person, body=body, url=url)
    except Exception as error:  # noqa: BLE001 - one that cannot be told stops no other
        logger.error("not told of %s: %s", key, type(error).__name__)
        return False
    return True


def _body(concern: Concern) -> str:
    """Fit for a stranger's eyes on a telephone."""
    if concern.is_drill:
        return _("这是一次演练：有一件事等值守的同事现在看一下。")
    if is_staffed(concern.clock_from):
        return _("有一件事等值守的同事现在看一下。打开心桥就能看到。")
    return _("有一件事等人看一下，现在没有人值班。谁能先看，请打开心桥。")
