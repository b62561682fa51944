"""The end of a guardianship. It counts from the same moment: the next read is refused. Who may do it: ADR 0011."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from .. import locks, rules
from ..enums import EndingEvidence, EndingOutcome, EndReason, GuardianshipStatus
from ..errors import AskedAlready, EvidenceMissing, GuardianshipIsOver, LastGuardian, NotYourChild, NotYoursToEnd
from ..models import EndingRequest, Guardianship
from ..signals import guardianship_ended
from .invitations import revoke_invitations_of
from .telling import everybody_of, tell_family_changed

#: What may leave a child without any guardian here: an order of a court, or child protection.
_OVERRULES_THE_LAST = (EndingEvidence.COURT, EndingEvidence.SAFETY)


def end_guardianship(*, user: Any, public_id: UUID, now: datetime | None = None) -> Guardianship:
    """End one's own guardianship, or that of somebody one invited oneself.

    Raises:
        NotYourChild: no such guardianship, or none of this person's business.
        GuardianshipIsOver: it ended already.
        NotYoursToEnd: only our staff may, after looking at evidence.
        LastGuardian: a child under 18 keeps one full guardian.
    """
    now = now or timezone.now()
    with transaction.atomic():
        guardianship = _locked(public_id)
        if not rules.may_see_child(user, guardianship.child):
            raise NotYourChild
        _refuse_when_over(guardianship)
        if not rules.may_end_guardianship(user, guardianship):
            raise NotYoursToEnd
        if rules.is_last_full_guardian(guardianship):
            raise LastGuardian
        because = EndReason.LEFT if guardianship.guardian_id == user.pk else EndReason.REMOVED
        end(guardianship, because=because, ended_by=user, now=now)
    return guardianship


def ask_to_end_guardianship(*, user: Any, public_id: UUID, now: datetime | None = None) -> EndingRequest:
    """Ask our staff to end somebody's guardianship. Nobody else is told.

    Raises NotYourChild, GuardianshipIsOver, AskedAlready.
    """
    with transaction.atomic():
        guardianship = _locked(public_id)
        if not rules.may_ask_to_end_guardianship(user, guardianship):
            raise NotYourChild
        _refuse_when_over(guardianship)
        if guardianship.ending_requests.filter(asked_by=user, answered_at=None).exists():
            raise AskedAlready
        return EndingRequest.objects.create(guardianship=guardianship, asked_by=user, asked_at=now or timezone.now())


def answer_ending_request(
    *,
    public_id: UUID,
    outcome: EndingOutcome,
    answered_by: Any,
    evidence: EndingEvidence | str = "",
    now: datetime | None = None,
) -> EndingRequest:
    """Our staff answer a request, after looking at evidence. Who may call it, the page's duty says.

    Raises EvidenceMissing; LastGuardian, unless a court or child protection says so; GuardianshipIsOver.
    """
    now = now or timezone.now()
    with transaction.atomic():
        found = EndingRequest.objects.select_related("guardianship").get(public_id=public_id)
        guardianship = _locked(found.guardianship.public_id)
        request = locks.ending_request(public_id).get()
        if request.answered_at is not None:
            return request
        if outcome == EndingOutcome.ENDED:
            _end_for_staff(guardianship, evidence, answered_by, now)
        request.outcome, request.evidence = outcome, evidence if outcome == EndingOutcome.ENDED else ""
        request.answered_by, request.answered_at = answered_by, now
        request.save(update_fields=["outcome", "evidence", "answered_by", "answered_at"])
        tell_family_changed([request.asked_by], key=f"answered:{request.public_id}")
    return request


def _end_for_staff(guardianship: Guardianship, evidence: EndingEvidence | str, staff: Any, now: datetime) -> None:
    if not evidence:
        raise EvidenceMissing
    _refuse_when_over(guardianship)
    if rules.is_last_full_guardian(guardianship) and evidence not in _OVERRULES_THE_LAST:
        raise LastGuardian
    end(guardianship, because=EndReason.STAFF, ended_by=staff, now=now)


def end(guardianship: Guardianship, *, because: EndReason, ended_by: Any | None, now: datetime) -> None:
    """End a guardianship that the caller has locked with its child, close its invitations, and tell both sides."""
    people = [*everybody_of(guardianship.child), guardianship.guardian]
    guardianship.status, guardianship.ended_at = GuardianshipStatus.ENDED, now
    guardianship.ended_because, guardianship.ended_by = because, ended_by
    guardianship.save(update_fields=["status", "ended_at", "ended_because", "ended_by"])
    revoke_invitations_of(guardianship.guardian, guardianship.child, now=now)
    guardianship_ended.send(Guardianship, guardianship=guardianship)
    tell_family_changed(people, key=f"left:{guardianship.public_id}")


def _locked(public_id: UUID) -> Guardianship:
    """Lock the child, then the guardianship, and read it again."""
    found = Guardianship.objects.filter(public_id=public_id).select_related("child").first()
    if found is None:
        raise NotYourChild
    locks.child(found.child.public_id).get()
    return locks.guardianship(found.pk).get()


def _refuse_when_over(guardianship: Guardianship) -> None:
    if guardianship.status != GuardianshipStatus.ACTIVE:
        raise GuardianshipIsOver
