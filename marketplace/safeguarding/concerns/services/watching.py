"""Keeping the promise: nobody told is told again, and what nobody looked at is raised further, each step once.

Every concern is watched in a transaction of its own, so that a worker that dies half-way leaves the others, and its
own, to the next minute.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import User

from .. import clocks, locks
from ..enums import EventKind
from ..models import Call, Concern, Escalation
from ..selectors import concerns_to_watch, is_staffed, phone_tree
from .telling import add_event, alert, alert_escalated


def watch_concerns(*, now: datetime | None = None) -> int:
    """Tend the clocks of every concern nobody has acknowledged; return how many escalations were made.

    For a beat of a minute and for the desk when it is opened; two at once share the work.
    """
    now = now or timezone.now()
    has_staff = is_staffed(now)
    return sum(_watch(pk, has_staff, now) for pk in concerns_to_watch(now, has_staff))


@transaction.atomic
def _watch(pk: int, has_staff: bool, now: datetime) -> int:
    concern = locks.claimed_concern(pk)
    if concern is None:
        return 0
    if has_staff and concern.acknowledge_by is None:
        concern.acknowledge_by = now + clocks.ACKNOWLEDGE_WITHIN
        concern.save(update_fields=["acknowledge_by"])
        alert(concern, key=f"{concern.public_id}:{concern.round}:staffed", now=now)
    if concern.alerted_at is None:
        alert(concern, key=f"{concern.public_id}:{concern.round}:again", now=now)
    return sum(_escalate(concern, minutes, now) for minutes in clocks.steps_due(concern, now))


def _escalate(concern: Concern, minutes: int, now: datetime) -> bool:
    made, is_new = Escalation.objects.get_or_create(
        concern=concern, round=concern.round, minutes=minutes, defaults={"at": now}
    )
    if is_new:
        people = phone_tree(now, with_leads=minutes > clocks.ESCALATION_MINUTES[0])
        made.told = alert_escalated(concern, people, minutes)
        made.save(update_fields=["told"])
        _ask_for_calls(concern, people, now)
        add_event(concern, EventKind.ESCALATED, at=now, detail=str(minutes))
    setattr(concern, f"escalated_{minutes}_at", made.at)
    concern.save(update_fields=[f"escalated_{minutes}_at"])
    return is_new


def _ask_for_calls(concern: Concern, people: list[User], now: datetime) -> None:
    """Whoever is in the tree already keeps their call and its mark."""
    calls = [
        Call(concern=concern, round=concern.round, position=position, person=person, asked_at=now)
        for position, person in enumerate(people, start=1)
    ]
    Call.objects.bulk_create(calls, ignore_conflicts=True)
