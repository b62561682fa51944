"""Looking without consent, for somebody's safety: one asks, another lets it through, a third looks back at it.

Every step needs a person on safety duty now and is written down; the young person is told as soon as it is let through,
unless saying so now would itself be dangerous, which needs a reason of its own and is looked at again in the review.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.duty.selectors import is_on_duty
from marketplace.accounts.enums import Duty, Role
from marketplace.accounts.models import User
from marketplace.core.audit.enums import Action
from marketplace.core.audit.services import record_access
from marketplace.core.labels import kept_label
from marketplace.families.models import Child

from .. import locks
from ..enums import DataItem, Purpose, ReviewOutcome
from ..errors import (
    NothingChosen,
    NotOnSafetyDuty,
    OverrideAlreadyDecided,
    OverrideLapsed,
    OverrideNotFound,
    ReasonMissing,
    SecondPersonNeeded,
)
from ..models import SafetyOverride
from . import telling

#: Who asks for a look waits for a second person; what nobody let through for this long has to be asked for anew.
LAPSES_AFTER = timedelta(hours=12)
#: The review's clock, from the moment it was let through.
REVIEWED_WITHIN = timedelta(hours=72)
LEAST_REASON = 10


def open_override(
    *,
    child: Child,
    items: Collection[DataItem],
    reason: str,
    hours: int,
    opened_by: User,
    is_telling_dangerous: bool = False,
    danger_reason: str = "",
) -> SafetyOverride:
    """Ask for a look at items of a child for 1 to 72 hours. Raises NotOnSafetyDuty, NothingChosen, ReasonMissing."""
    _check_duty(opened_by)
    if not items:
        raise NothingChosen
    if len(reason.strip()) < LEAST_REASON or (is_telling_dangerous and len(danger_reason.strip()) < LEAST_REASON):
        raise ReasonMissing
    with transaction.atomic():
        override = SafetyOverride.objects.create(
            child=child,
            items=[DataItem(item).value for item in items],
            reason=reason.strip(),
            hours=hours,
            opened_by=opened_by,
            is_telling_dangerous=is_telling_dangerous,
            danger_reason=danger_reason.strip() if is_telling_dangerous else "",
        )
        _write_down(override, opened_by, Action.CREATE, "override_opened")
    return override


def approve_override(*, override_id: UUID, approved_by: User, agrees: bool = True) -> SafetyOverride:
    """Let a look through, as the second person, or refuse it; the clocks of the look and of its review start.

    Raises OverrideNotFound, NotOnSafetyDuty, SecondPersonNeeded, OverrideAlreadyDecided, OverrideLapsed.
    """
    _check_duty(approved_by)
    with transaction.atomic():
        override, now = _locked(override_id), timezone.now()
        if override.opened_by_id == approved_by.pk:
            raise SecondPersonNeeded
        if override.approved_at or override.refused_at:
            raise OverrideAlreadyDecided
        if now > override.opened_at + LAPSES_AFTER:
            raise OverrideLapsed
        if agrees:
            _let_through(override, approved_by, now)
        else:
            override.refused_at = now
            override.save(update_fields=["refused_at"])
        _write_down(override, approved_by, Action.UPDATE, "override_approved" if agrees else "override_refused")
    return override


def review_override(
    *, override_id: UUID, reviewed_by: User, outcome: ReviewOutcome, note: str, tell_now: bool
) -> SafetyOverride:
    """Look back at an override as a third person; what the young person was not told before can be told now.

    Raises OverrideNotFound, NotOnSafetyDuty, SecondPersonNeeded, OverrideAlreadyDecided, ReasonMissing.
    """
    _check_duty(reviewed_by)
    if len(note.strip()) < LEAST_REASON:
        raise ReasonMissing
    with transaction.atomic():
        override, now = _locked(override_id), timezone.now()
        if reviewed_by.pk in {override.opened_by_id, override.approved_by_id}:
            raise SecondPersonNeeded
        if override.approved_at is None or override.reviewed_at is not None:
            raise OverrideAlreadyDecided
        override.reviewed_by, override.reviewed_at = reviewed_by, now
        override.outcome, override.review_note = outcome, note.strip()
        if outcome != ReviewOutcome.JUSTIFIED and override.expires_at and override.expires_at > now:
            override.expires_at = now
        if tell_now and override.told_at is None:
            _tell(override, now)
        override.save()
        _write_down(override, reviewed_by, Action.UPDATE, "override_reviewed")
    return override


def _let_through(override: SafetyOverride, approved_by: User, now: datetime) -> None:
    override.approved_by, override.approved_at = approved_by, now
    override.expires_at = now + timedelta(hours=override.hours)
    override.review_due_at = now + REVIEWED_WITHIN
    if not override.is_telling_dangerous:
        _tell(override, now)
    override.save(update_fields=["approved_by", "approved_at", "expires_at", "review_due_at", "told_at"])


def _tell(override: SafetyOverride, now: datetime) -> None:
    override.told_at = now
    telling.tell_override(override)


def _locked(override_id: UUID) -> SafetyOverride:
    override = locks.override(override_id).first()
    if override is None:
        raise OverrideNotFound
    return override


def _check_duty(user: User) -> None:
    if user.role != Role.STAFF or not user.is_active or not is_on_duty(user, Duty.SAFETY):
        raise NotOnSafetyDuty


def _write_down(override: SafetyOverride, by: User, action: Action, reason: str) -> None:
    record_access(
        actor=by,
        subject_id=override.child.public_id,
        items=override.items,
        purpose=Purpose.SAFETY,
        reason=reason,
        actor_label=kept_label("心桥", Duty.SAFETY.label),
        records=[override.public_id],
        action=action,
    )
