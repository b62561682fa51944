"""What every step asks first: on duty now, and the concern there and open."""

from datetime import datetime
from uuid import UUID

from marketplace.accounts.models import User

from .. import locks
from ..errors import ConcernClosed, NotOnDuty
from ..models import Concern
from ..selectors import is_keeper_now


def concern_at_hand(public_id: UUID, by: User, now: datetime) -> Concern:
    """Return an open concern, locked, for somebody on safety duty.

    Raises:
        NotOnDuty: the person is not on safety duty now.
        ConcernClosed: it is over, or there is none.
    """
    if not is_keeper_now(by, now):
        raise NotOnDuty
    concern = locks.locked_concern(public_id)
    if concern is None or not concern.is_open:
        raise ConcernClosed
    return concern


def steps_done(concern: Concern) -> set[str]:
    """Return the steps of the playbook that are marked as done."""
    return set(concern.steps.values_list("step", flat=True))
