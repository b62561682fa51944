"""A text gives cause for concern: one open concern per person and kind, and our people on duty told with its commit."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.families.models import Child

from .. import clocks, locks, rules
from ..enums import EventKind
from ..models import Concern, ConcernEvent
from ..people import Person, mark_of, mark_of_thread, person_of
from ..selectors import is_staffed
from .telling import alert, tell_keeper

#: Another one may open the same concern, and a third close it, while we try.
_TRIES = 3


@transaction.atomic
def open_concern(
    *,
    kind: str,
    level: int,
    source: str,
    ref: str = "",
    author: User | None,
    child: Child | None,
    at: datetime | None = None,
    drill: bool = False,
    drill_started_by: User | None = None,
    thread: str = "",
) -> Concern:
    """Open a concern about whom a text is about, or add the text to the one of this kind that is open already.

    Joins the caller's transaction: messages to our people leave with its commit. `kind`, `level` and `source` are values
    of the enums; `ref` is the public id of the text's thing, `at` when it was written. The same text graded the same
    again changes nothing. About nobody we know, texts of the same `thread` (a report's public id; else `ref`) gather.
    """
    at = at or timezone.now()
    person = Person() if drill else person_of(author, child)
    mark = "" if drill else mark_of(person.public_id, source) or mark_of_thread(thread or ref)
    text = {"source": source, "ref": ref, "level": level, "at": at}
    for _left in range(_TRIES):
        concern = locks.locked_open_concern(mark=mark, kind=kind, is_drill=drill)
        if concern:
            return _gather(concern, text)
        try:
            with transaction.atomic():
                concern = _create(person, mark, kind, text, is_drill=drill, drill_started_by=drill_started_by)
        except IntegrityError:  # somebody opened it between our look and our row: its commit was waited for
            continue
        _note_text(concern, EventKind.OPENED, text)
        return concern
    raise RuntimeError("concern neither found nor made")


def _create(person: Person, mark: str, kind: str, text: dict, **drill: object) -> Concern:
    at = text["at"]
    return Concern.objects.create(
        kind=kind,
        urgency=text["level"],
        source=text["source"],
        mark=mark,
        link=person.link,
        opened_at=at,
        latest_at=at,
        clock_from=at,
        acknowledge_by=at + clocks.ACKNOWLEDGE_WITHIN if is_staffed(at) else None,
        **drill,
    )


def _gather(concern: Concern, text: dict) -> Concern:
    same = concern.events.filter(source=text["source"], ref=text["ref"], level=text["level"]).exclude(ref="")
    if same.exists():
        return concern
    if rules.starts_clock_again(concern, text["level"], text["at"], clocks.FRESH_FOR):
        restart_clock(concern, text["at"])
        concern.alerted_at = None
    concern.urgency = max(concern.urgency, text["level"])
    concern.latest_at = max(concern.latest_at, text["at"])
    concern.save()
    _note_text(concern, EventKind.GATHERED, text)
    return concern


def restart_clock(concern: Concern, at: datetime) -> None:
    """Owe a look anew from a moment on; the caller saves. Whoever had taken it on stays named in the history."""
    concern.round += 1
    concern.clock_from = at
    concern.acknowledged_at = concern.acknowledged_by = None
    concern.escalated_15_at = concern.escalated_60_at = None
    concern.acknowledge_by = at + clocks.ACKNOWLEDGE_WITHIN if is_staffed(at) else None


def _note_text(concern: Concern, kind: EventKind, text: dict) -> None:
    """Write the text down, and tell who has to know: whoever looks after it; else the desk, unless it was just told."""
    event = ConcernEvent.objects.create(concern=concern, kind=kind, **text)
    if concern.acknowledged_by:
        tell_keeper(concern, concern.acknowledged_by, key=str(event.public_id))
    elif concern.alerted_at is None or text["at"] - concern.alerted_at > clocks.ACKNOWLEDGE_WITHIN:
        alert(concern, key=str(event.public_id), now=text["at"])
