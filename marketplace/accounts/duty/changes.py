"""Changing what a colleague may do: asked by a lead, agreed to by a second person."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.core.audit.enums import Action
from marketplace.core.audit.services import record_access
from marketplace.core.labels import kept_label

from ..enums import ChangeReason, ChangeState, Duty, Role
from ..models import DutyChange, DutyShift, User
from ..security.services import end_sessions
from .errors import (
    ChangeIsOver,
    ChangeWaits,
    DutiesMoved,
    LastLead,
    MayNotPlan,
    NeedsAnother,
    NothingChanges,
    NotOurStaff,
)
from .locks import lock_change, lock_colleague
from .selectors import is_on_duty
from .services import may_plan_shifts


def may_ask_changes(user: User) -> bool:
    """Return whether a person may ask that a colleague's duties change: our leads."""
    return may_plan_shifts(user)


def may_decide_change(user: User, change: DutyChange) -> bool:
    """Return whether a person may be the second one: another lead, or whoever is on privacy duty.

    Duties decide who sees whose data: that is why privacy duty may stand in where there is one lead only.
    """
    if user.role != Role.STAFF or not user.is_active or user.pk in (change.asked_by_id, change.person_id):
        return False
    return may_plan_shifts(user) or is_on_duty(user, Duty.PRIVACY)


@transaction.atomic
def ask_change(
    *, person: User, duties: Collection[str], leaves: bool = False, reason: ChangeReason, asked_by: User
) -> DutyChange:
    """Ask that a colleague has these duties from now on; nothing changes before somebody else agrees.

    Raises:
        MayNotPlan: `asked_by` is no lead.
        NotOurStaff: the person does not work here.
        NothingChanges: they have just these duties.
        ChangeWaits: another change of theirs is not decided yet.
        LastLead: they are the only lead, and would leave.
    """
    if not may_ask_changes(asked_by):
        raise MayNotPlan
    person = lock_colleague(person.pk)
    if person.role != Role.STAFF or not person.is_active:
        raise NotOurStaff
    wanted = [] if leaves else [duty for duty in Duty.values if duty in duties]
    if not leaves and set(wanted) == set(person.duties):
        raise NothingChanges
    if DutyChange.objects.filter(person=person, state=ChangeState.ASKED).exists():
        raise ChangeWaits
    if leaves and _is_last_lead(person):
        raise LastLead
    change = DutyChange.objects.create(
        person=person, before=list(person.duties), after=wanted, leaves=leaves, reason=reason, asked_by=asked_by
    )
    _write_down(asked_by, change, Action.CREATE)
    return change


@transaction.atomic
def decide_change(*, public_id: UUID, agrees: bool, decided_by: User) -> DutyChange:
    """Agree, and it holds at once; or do not, and nothing changes.

    What somebody no longer does ends now: their shifts of it, and where they leave, every session they have.

    Raises:
        ChangeIsOver: it was decided or taken back.
        NeedsAnother: this person asked, is the one it is about, or may not decide.
        DutiesMoved: the duties are no longer those it was asked about.
    """
    change = _waiting(public_id)
    if not may_decide_change(decided_by, change):
        raise NeedsAnother
    if agrees:
        _carry_out(change)
    change.state = ChangeState.AGREED if agrees else ChangeState.REFUSED
    change.decided_by, change.decided_at = decided_by, timezone.now()
    change.save(update_fields=["state", "decided_by", "decided_at"])
    _write_down(decided_by, change, Action.UPDATE)
    return change


@transaction.atomic
def withdraw_change(*, public_id: UUID, by: User) -> None:
    """Take back what one asked for.

    Raises:
        ChangeIsOver: it was decided or taken back.
        MayNotPlan: somebody else asked.
    """
    change = _waiting(public_id)
    if change.asked_by_id != by.pk:
        raise MayNotPlan
    change.state, change.decided_at = ChangeState.WITHDRAWN, timezone.now()
    change.save(update_fields=["state", "decided_at"])


def _waiting(public_id: UUID) -> DutyChange:
    change = lock_change(public_id)
    if change is None or change.state != ChangeState.ASKED:
        raise ChangeIsOver
    return change


def _carry_out(change: DutyChange) -> None:
    person = lock_colleague(change.person_id)
    if set(person.duties) != set(change.before) or not person.is_active:
        raise DutiesMoved
    if change.leaves and _is_last_lead(person):
        raise LastLead
    person.duties = list(change.after)
    if change.leaves:
        person.is_active = person.is_staff = person.is_superuser = False
    person.save(update_fields=["duties", "is_active", "is_staff", "is_superuser"])
    _end_shifts(person, [duty for duty in change.before if duty not in change.after])
    if change.leaves:
        end_sessions(user=person)


def _end_shifts(person: User, duties: list[str]) -> None:
    """What begins later is taken back, what runs ends now; what is over stays as proof of who could look when."""
    now = timezone.now()
    shifts = DutyShift.objects.filter(user=person, duty__in=duties)
    shifts.filter(begins_at__gte=now).delete()
    shifts.filter(ends_at__gt=now).update(ends_at=now)


def _is_last_lead(person: User) -> bool:
    others = User.objects.filter(role=Role.STAFF, is_active=True, is_superuser=True).exclude(pk=person.pk)
    return person.is_superuser and not others.exists()


def _write_down(actor: User, change: DutyChange, action: Action) -> None:
    """In the chain of looks, too: who gave whom the right to look is the first thing an inspection asks."""
    record_access(
        actor=actor,
        subject_id=change.person.public_id,
        items=[],
        purpose="duty:change",
        action=action,
        reason=str(change.state),
        actor_label=kept_label("心桥", Role.STAFF.label),
        records=[change.public_id],
    )
