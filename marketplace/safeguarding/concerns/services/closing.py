"""A concern ends with what it turned out to be, and can be opened again."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.accounts.models import User

from .. import locks, rules
from ..enums import EventKind, Outcome
from ..errors import ConcernOpen, NotOnDuty, NotTaken, OpenElsewhere, ReportFirst, WordsMissing
from ..models import Concern
from ..selectors import is_keeper_now, texts_of
from ..signals import concern_closed
from .guarding import concern_at_hand, steps_done
from .opening import restart_clock
from .telling import add_event


@transaction.atomic
def close(*, public_id: UUID, outcome: str, reason: str, by: User, now: datetime | None = None) -> Concern:
    """End a concern with its outcome (an Outcome) and a reason; whoever holds back the texts behind it hears of it.

    Raises:
        NotOnDuty, ConcernClosed: see `guarding.concern_at_hand`.
        NotTaken: nobody has taken it on, so that nobody has looked.
        WordsMissing: no reason.
        ReportFirst: abuse that is one was not reported.
    """
    now = now or timezone.now()
    concern = concern_at_hand(public_id, by, now)
    if not concern.acknowledged_at:
        raise NotTaken
    if not reason.strip():
        raise WordsMissing
    outcome = Outcome.PRACTISED if concern.is_drill else Outcome(outcome)
    if not concern.is_drill and not rules.may_close(concern.kind, outcome, steps_done(concern)):
        raise ReportFirst
    concern.closed_at, concern.closed_by, concern.outcome = now, by, outcome
    concern.save(update_fields=["closed_at", "closed_by", "outcome"])
    add_event(concern, EventKind.CLOSED, at=now, by=by, text=reason, detail=outcome)
    if not concern.is_drill:
        for source, ref in texts_of(concern):
            concern_closed.send(sender=Concern, ref=ref, source=source, outcome=outcome)
    return concern


@transaction.atomic
def reopen(*, public_id: UUID, reason: str, by: User, now: datetime | None = None) -> Concern:
    """Open a closed concern again, in the hands of whoever does it; its clock counts a new round.

    Raises:
        NotOnDuty: not on safety duty now.
        ConcernOpen: it is not closed, or there is none.
        WordsMissing: no reason.
        OpenElsewhere: the person has another open concern of this kind.
    """
    now = now or timezone.now()
    if not is_keeper_now(by, now):
        raise NotOnDuty
    concern = locks.locked_concern(public_id)
    if concern is None or concern.is_open:
        raise ConcernOpen
    if not reason.strip():
        raise WordsMissing
    concern.closed_at = concern.closed_by = None
    concern.outcome = ""
    restart_clock(concern, now)
    concern.acknowledged_at, concern.acknowledged_by = now, by
    try:
        with transaction.atomic():
            concern.save()
    except IntegrityError as error:
        raise OpenElsewhere from error
    add_event(concern, EventKind.REOPENED, at=now, by=by, text=reason)
    return concern
