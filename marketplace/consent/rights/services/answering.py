"""Our staff's part: answering corrections with reasons, and mending what the worker gave up."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date

from marketplace.accounts.models import User
from marketplace.consent.enums import DataItem
from marketplace.core.audit.enums import Action
from marketplace.core.audit.services import record_access
from marketplace.families.models import Child

from .. import locks
from ..enums import Fact, RequestState
from ..errors import AlreadyAnswered
from ..models import Correction, DataRequest, RequestEvent
from . import telling

#: What the person's page of looks shows as who.
STAFF_LABEL = "心桥 · 个人信息保护"


@transaction.atomic(durable=True)
def answer_correction(
    *, public_id: UUID, answered_by: User, is_accepted: bool, answer: str, now: datetime | None = None
) -> Correction:
    """Accept or decline a correction, with reasons; an accepted birth date is written at once.

    Raises: AlreadyAnswered.
    """
    now = now or timezone.now()
    correction = locks.locked_correction(public_id)
    if correction is None or correction.answered_at is not None or correction.request.state != RequestState.WAITING:
        raise AlreadyAnswered
    correction.answer, correction.answered_by, correction.answered_at = answer, answered_by, now
    correction.save(update_fields=["answer", "answered_by", "answered_at"])
    request = correction.request
    request.state = RequestState.DONE if is_accepted else RequestState.DECLINED
    request.finished_at, request.percent = now, 100
    request.save(update_fields=["state", "finished_at", "percent"])
    RequestEvent.objects.create(request=request, state=request.state, by=answered_by, happened_at=now)
    if is_accepted:
        _write(correction, answered_by)
    telling.tell_answered(request)
    return correction


def _write(correction: Correction, answered_by: User) -> None:
    """What a page of ours can change by itself; anything else staff changes where it stands, before they answer."""
    born_on = parse_date(correction.proposal.strip()) if correction.fact == Fact.BORN_ON else None
    child_id = correction.request.child_id
    if born_on is None or child_id is None:
        return
    Child.objects.filter(pk=child_id).update(born_on=born_on)
    record_access(
        actor=answered_by,
        subject_id=correction.subject_id,
        items=[DataItem.PROFILE],
        purpose="correction",
        actor_label=STAFF_LABEL,
        action=Action.UPDATE,
    )


@transaction.atomic(durable=True)
def retry_request(*, public_id: UUID, retried_by: User, now: datetime | None = None) -> DataRequest | None:
    """Let the worker try again what it gave up; what is done stays done. None when it is not stuck."""
    now = now or timezone.now()
    request = locks.locked_request(public_id)
    if request is None or request.state != RequestState.FAILED:
        return None
    request.state, request.failures, request.next_run_at = RequestState.WAITING, 0, now
    request.save(update_fields=["state", "failures", "next_run_at"])
    RequestEvent.objects.create(request=request, state=request.state, by=retried_by, happened_at=now)
    return request
