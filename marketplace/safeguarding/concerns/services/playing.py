"""The steps of a playbook, marked as they are done."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import User

from .. import playbooks
from ..enums import EventKind
from ..errors import NoSuchStep
from ..models import Concern, StepMark
from .guarding import concern_at_hand
from .telling import add_event


@transaction.atomic
def mark_step(*, public_id: UUID, step: str, by: User, now: datetime | None = None) -> Concern:
    """Note that a step was done; again changes nothing. Raises NotOnDuty, ConcernClosed, NoSuchStep."""
    now = now or timezone.now()
    concern = concern_at_hand(public_id, by, now)
    if step not in playbooks.codes_of(concern.kind):
        raise NoSuchStep
    _mark, is_new = StepMark.objects.get_or_create(concern=concern, step=step, defaults={"done_by": by, "done_at": now})
    if is_new:
        add_event(concern, EventKind.STEP_DONE, at=now, by=by, detail=step)
    return concern


@transaction.atomic
def unmark_step(*, public_id: UUID, step: str, by: User, now: datetime | None = None) -> Concern:
    """Take a mark back; the history keeps both. Raises NotOnDuty, ConcernClosed."""
    now = now or timezone.now()
    concern = concern_at_hand(public_id, by, now)
    gone, _by_model = concern.steps.filter(step=step).delete()
    if gone:
        add_event(concern, EventKind.STEP_UNDONE, at=now, by=by, detail=step)
    return concern
