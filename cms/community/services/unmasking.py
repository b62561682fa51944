"""Who is behind a name: asked by one of our staff with a reason, decided by another, open for a short time.

Each step is written down. Danger is not the everyday way to this: the safety desk reaches writers through concerns.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.duty.selectors import is_on_duty
from marketplace.accounts.enums import Duty, Role
from marketplace.accounts.models import User
from marketplace.consent.enums import DataItem, Purpose
from marketplace.core.audit.enums import Action
from marketplace.core.audit.services import record_access
from marketplace.core.labels import kept_label
from marketplace.families.selectors import young_profile_of

from .. import locks
from ..enums import UnmaskingReason, UnmaskingState
from ..errors import AlreadyDecided, Gone, LinkGone, NotGranted, NotOnDutyForThis, ReasonMissing, SecondPersonNeeded
from ..models import Alias, Post, Reply, Unmasking
from .raising import alias_of, sealed_member

#: How long an open question may wait, and how long an answer is open once it was granted.
LAPSES_AFTER = timedelta(hours=24)
OPEN_FOR = timedelta(hours=2)
LEAST_WHY = 10
_DUTY = Duty.PRIVACY


@transaction.atomic(durable=True)
def ask_who(*, asked_by: User, writing: Post | Reply, reason: UnmaskingReason, why: str) -> Unmasking:
    """Ask who wrote something. Raises NotOnDutyForThis, ReasonMissing, Gone, LinkGone, AlreadyDecided."""
    _check_duty(asked_by)
    if len(why.strip()) < LEAST_WHY:
        raise ReasonMissing
    alias = alias_of(writing)
    if alias is None:
        raise Gone
    alias = locks.alias(alias.pk).get()
    if alias.member is None:
        raise LinkGone
    _let_lapse(alias)
    if alias.unmaskings.filter(state=UnmaskingState.ASKED).exists():
        raise AlreadyDecided
    asked = Unmasking.objects.create(alias=alias, reason=reason, why=why.strip(), asked_by=asked_by)
    _write_down(asked, asked_by, Action.CREATE, "unmasking_asked")
    return asked


@transaction.atomic(durable=True)
def decide(*, decided_by: User, unmasking_id: UUID, agrees: bool) -> Unmasking:
    """Grant or refuse it, as the second person. Raises NotOnDutyForThis, Gone, SecondPersonNeeded, AlreadyDecided."""
    _check_duty(decided_by)
    asked, now = _locked(unmasking_id), timezone.now()
    if asked.asked_by_id == decided_by.pk:
        raise SecondPersonNeeded
    if asked.state != UnmaskingState.ASKED or now > asked.asked_at + LAPSES_AFTER:
        raise AlreadyDecided
    asked.state = UnmaskingState.GRANTED if agrees else UnmaskingState.REFUSED
    asked.decided_by, asked.decided_at = decided_by, now
    asked.expires_at = now + OPEN_FOR if agrees else None
    asked.save()
    _write_down(asked, decided_by, Action.UPDATE, "unmasking_granted" if agrees else "unmasking_refused")
    return asked


@transaction.atomic(durable=True)
def open_unmasking(*, opened_by: User, unmasking_id: UUID, now: datetime | None = None) -> User:
    """Open what was granted, for whoever asked, within its time; each look is written down, about the young person.

    Raises NotOnDutyForThis, Gone, NotGranted, LinkGone.
    """
    _check_duty(opened_by)
    granted, now = _locked(unmasking_id), now or timezone.now()
    if granted.state != UnmaskingState.GRANTED or granted.asked_by_id != opened_by.pk:
        raise NotGranted
    if not granted.expires_at or now > granted.expires_at:
        raise NotGranted
    member = sealed_member(granted.alias)
    if member is None:
        raise LinkGone
    granted.opened_at = granted.opened_at or now
    granted.save(update_fields=["opened_at"])
    child = young_profile_of(member)
    _write_down(granted, opened_by, Action.READ, "unmasking_opened", subject_id=(child or member).public_id)
    return member


def _let_lapse(alias: Alias) -> None:
    """What nobody decided in time makes room for a new question."""
    late = alias.unmaskings.filter(state=UnmaskingState.ASKED, asked_at__lt=timezone.now() - LAPSES_AFTER)
    late.update(state=UnmaskingState.REFUSED)


def _locked(unmasking_id: UUID) -> Unmasking:
    found = locks.unmasking(unmasking_id).first()
    if found is None:
        raise Gone
    return found


def _check_duty(user: User) -> None:
    if user.role != Role.STAFF or not user.is_active or not is_on_duty(user, _DUTY):
        raise NotOnDutyForThis


def _write_down(unmasking: Unmasking, by: User, action: Action, reason: str, *, subject_id: UUID | None = None) -> None:
    """Before it is open the record is about the name: a record about the person would already be the link."""
    record_access(
        actor=by,
        subject_id=subject_id or unmasking.alias.public_id,
        items=[DataItem.PROFILE],
        purpose=Purpose.SAFETY,
        reason=reason,
        actor_label=kept_label("心桥", Duty.PRIVACY.label),
        records=[unmasking.public_id],
        action=action,
    )
