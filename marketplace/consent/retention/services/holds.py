"""Setting and releasing a hold. Both are written into the record of who touched whose data."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.enums import Role
from marketplace.accounts.models import User
from marketplace.core.audit.enums import Action
from marketplace.core.audit.services import record_access
from marketplace.core.labels import kept_label
from marketplace.families.models import Child

from .. import locks
from ..errors import AlreadyHeld, AlreadyReleased, NobodyThere
from ..models import LegalHold
from ..selectors import is_held

_PURPOSE = "legal_hold"


@transaction.atomic(durable=True)
def set_hold(*, subject_id: UUID, reason: str, set_by: User) -> LegalHold:
    """Keep everything about a person until the hold is released.

    `subject_id` is the public id of a child's profile or of an account. Raises NobodyThere, AlreadyHeld.
    """
    locks.lock_erasing()
    if not _is_somebody(subject_id):
        raise NobodyThere
    if is_held(subject_id):
        raise AlreadyHeld
    hold = LegalHold.objects.create(subject_id=subject_id, reason=reason, set_by=set_by)
    _record(hold, set_by, Action.CREATE)
    return hold


@transaction.atomic(durable=True)
def release_hold(*, hold_id: int, released_by: User) -> LegalHold:
    """Let the periods count again. Raises AlreadyReleased."""
    hold = locks.locked_hold(hold_id)
    if hold.released_at:
        raise AlreadyReleased
    hold.released_at = timezone.now()
    hold.released_by = released_by
    hold.save(update_fields=["released_at", "released_by"])
    _record(hold, released_by, Action.UPDATE)
    return hold


def _is_somebody(subject_id: UUID) -> bool:
    return Child.objects.filter(public_id=subject_id).exists() or User.objects.filter(public_id=subject_id).exists()


def _record(hold: LegalHold, actor: User, action: Action) -> None:
    record_access(
        actor=actor,
        actor_label=kept_label(Role(actor.role).label),
        subject_id=hold.subject_id,
        items=[],
        records=[hold.public_id],
        purpose=_PURPOSE,
        action=action,
    )
