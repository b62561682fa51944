"""Carrying out an erasure: closed first, then app by app from the top down, the keys, and the certificate."""

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Now
from django.utils import translation

from marketplace.accounts.models import User
from marketplace.consent.retention.locks import lock_erasing
from marketplace.core.encryption.services import destroy_data_key
from marketplace.families.models import Child

from .. import locks
from ..certificates import certificate_number, issue_certificate, outcome_as_json
from ..enums import OPEN_STATES, Pause, RequestKind, RequestState, Scope
from ..models import DataRequest, ErasureStep, RequestEvent
from ..registry import SubjectData, erasure_order
from ..rules import PAUSE_CHECK
from ..selectors import is_kept_for_now, obstacles_of, person_for
from . import telling
from .work import Work

CLOSING, KEYS, CERTIFICATE = "closing", "keys", "certificate"


def erase(work: Work) -> None:
    """Erase a person's data, going on where a worker before this one stopped. A step that is done is never repeated."""
    done = set(ErasureStep.objects.filter(request=work.request).values_list("key", flat=True))
    if CLOSING not in done and not _close(work):
        return
    registered = erasure_order()
    for place, data in enumerate(registered):
        if data.key not in done and not _erase_one(work, data, percent=10 + 80 * place // len(registered)):
            return
    if KEYS not in done and not _destroy_keys(work):
        return
    with work.step(CERTIFICATE, 99) as request:
        issue_certificate(request, now=work.now)
        work.finish(request)
        telling.tell_erased(request)


def _close(work: Work) -> bool:
    """Look once more, with the person locked, whether it may be; then let nothing new begin. False: not now."""
    with work.step(CLOSING, 5) as request:
        locks.lock_person(user_id=request.user_id, child_id=request.child_id)
        if not _may_still_ask(request):
            _end(work, request, RequestState.WITHDRAWN)
            return False
        if pause := _reason_to_pause(request):
            _pause(work, request, pause)
            return False
        if request.state != RequestState.RUNNING:
            RequestEvent.objects.create(request=request, state=RequestState.RUNNING, happened_at=work.now)
        DataRequest.objects.filter(pk=request.pk).update(
            state=RequestState.RUNNING, pause="", started_at=Coalesce(F("started_at"), work.now)
        )
        if request.user_id:
            User.objects.filter(pk=request.user_id).update(is_active=False)
        if request.child_id:
            Child.objects.filter(pk=request.child_id).update(archived_at=Coalesce(F("archived_at"), Now()))
        ErasureStep.objects.create(request=request, key=CLOSING)
    return True


def _may_still_ask(request: DataRequest) -> bool:
    """A birthday or the end of a guardianship may have come meanwhile."""
    person = person_for(request.asked_by, request.subject_id) if request.asked_by else None
    return person is not None and person.scopes[RequestKind.ERASE] == Scope.FULL


def _reason_to_pause(request: DataRequest) -> Pause | None:
    subject = request.subject
    if is_kept_for_now(subject):
        return Pause.HOLD
    asked_for_others = DataRequest.objects.filter(
        kind=RequestKind.ERASE, state__in=OPEN_STATES, asked_by=request.user_id
    ).exclude(pk=request.pk)
    if obstacles_of(subject) or (request.user_id and asked_for_others.exists()):
        return Pause.OBSTACLE
    return None


def _pause(work: Work, request: DataRequest, pause: Pause) -> None:
    is_new = request.pause != pause
    request.state, request.pause = RequestState.PAUSED, pause
    request.next_run_at, request.claim = work.now + PAUSE_CHECK, None
    request.save(update_fields=["state", "pause", "next_run_at", "claim"])
    if is_new:
        RequestEvent.objects.create(request=request, state=request.state, happened_at=work.now)
        telling.tell_paused(request)


def _end(work: Work, request: DataRequest, state: RequestState) -> None:
    request.state, request.finished_at, request.next_run_at, request.claim = state, work.now, None, None
    request.save(update_fields=["state", "finished_at", "next_run_at", "claim"])
    RequestEvent.objects.create(request=request, state=state, happened_at=work.now)


def _erase_one(work: Work, data: SubjectData, *, percent: int) -> bool:
    """Erase one app's part. False: a hold came, and nothing of this part was touched."""
    with work.step(data.key, percent) as request:
        if _waits_for_hold(work, request):
            return False
        outcome = data.erase(request.subject)
        with translation.override("zh-hans"):
            ErasureStep.objects.create(request=request, key=data.key, outcome=outcome_as_json(outcome))
    return True


def _waits_for_hold(work: Work, request: DataRequest) -> bool:
    """Stop where we are when somebody holds the person's data; none can be set between this look and the erasing.

    What has begun stays begun (it cannot be withdrawn any more), and goes on once the hold is released.
    """
    lock_erasing()
    if not is_kept_for_now(request.subject):
        return False
    DataRequest.objects.filter(pk=request.pk).update(pause=Pause.HOLD, next_run_at=work.now + PAUSE_CHECK, claim=None)
    return True


def _destroy_keys(work: Work) -> bool:
    """Whatever was sealed about the person, wherever it lies, is unreadable from here on. False: a hold came."""
    with work.step(KEYS, 95) as request, transaction.atomic():
        if _waits_for_hold(work, request):
            return False
        number = certificate_number(request)
        keys = [
            destroy_data_key(subject_id=subject_id, reason=number, destroyed_by=None)
            for subject_id in request.subject.ids
        ]
        destroyed = [key.destroyed_at.isoformat() for key in keys if key.destroyed_at]
        ErasureStep.objects.create(request=request, key=KEYS, outcome={"destroyed_at": destroyed})
    return True
