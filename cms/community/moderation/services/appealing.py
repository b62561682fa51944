"""Asking for a second look: once for a text, read by another person."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.core.minimising import without_identity_numbers

from ...enums import WritingState
from ...models import Appeal, Decision
from .. import locks, selectors
from ..enums import Cause, Outcome
from ..errors import NoAppeal
from ..words import what_they_tell
from .receiving import open_case

#: How long one may ask.
WITHIN_DAYS = 30
APPEALABLE = (Outcome.DECLINE, Outcome.ASK_TO_CHANGE)


@transaction.atomic(durable=True)
def ask_again(*, public_id: UUID, words: str = "", now: datetime | None = None) -> Appeal:
    """Put a declined text before another moderator. The caller has made sure that its author asks. Raises NoAppeal.

    The text stays where it is until then. What is added is read by the gate, which can only make the case more urgent.
    """
    now = now or timezone.now()
    found = Decision.objects.select_related("case__post", "case__reply__thread").filter(public_id=public_id).first()
    if found is None:
        raise NoAppeal
    writing = locks.locked_writing(found.case.writing)
    decision = Decision.objects.select_related("decided_by").get(pk=found.pk)
    if not may_ask_again(decision, now) or selectors.has_appealed(writing):
        raise NoAppeal
    if (
        writing.state not in (WritingState.KEPT_BACK, WritingState.RETURNED)
        or writing.cases.filter(settled_at=None).exists()
    ):
        raise NoAppeal
    level, kind = what_they_tell(words)
    before = found.case
    case = open_case(
        writing=writing,
        cause=Cause.APPEAL,
        level=max(before.level, level),
        kind=kind if level > before.level else before.kind,
        now=now,
    )
    return Appeal.objects.create(
        decision=decision,
        case=case,
        words=without_identity_numbers(words),
        made_at=now,
        first_reader=decision.decided_by,
    )


def may_ask_again(decision: Decision, now: datetime) -> bool:
    """Return whether a decision is one that can be looked at again, and recent enough."""
    is_recent = (now - decision.decided_at).days < WITHIN_DAYS
    is_first = decision.case.cause != Cause.APPEAL
    return decision.undone_at is None and decision.outcome in APPEALABLE and is_recent and is_first
