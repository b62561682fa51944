"""The calls of the phone tree: somebody at the desk dials and marks how it went."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import User

from ..enums import CallState, EventKind
from ..models import Call
from .guarding import concern_at_hand
from .telling import add_event


@transaction.atomic
def mark_call(*, public_id: UUID, call_id: UUID, state: str, by: User, now: datetime | None = None) -> Call | None:
    """Note how a call went (a CallState; WAITING takes a mark back). None where there is no such call.

    Raises NotOnDuty, ConcernClosed.
    """
    now = now or timezone.now()
    concern = concern_at_hand(public_id, by, now)
    call = concern.calls.filter(public_id=call_id).first()
    if call is None:
        return None
    call.state = CallState(state)
    call.marked_by, call.marked_at = (by, now) if call.state != CallState.WAITING else (None, None)
    call.save(update_fields=["state", "marked_by", "marked_at"])
    add_event(concern, EventKind.CALLED, at=now, by=by, detail=call.state)
    return call
