"""Carrying requests out in the background: claimed, in steps, taken up again after a crash."""

import logging
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from ..enums import RequestKind, RequestState
from ..models import DataRequest, RequestEvent
from ..rules import LEASE, RUNNABLE, back_off
from ..selectors import due_requests
from . import telling
from .copying import make_copy
from .erasing import erase
from .fetching import delete_old_copies
from .work import ClaimLost, Work

logger = logging.getLogger(__name__)


def run_due_requests(*, now: datetime | None = None) -> int:
    """Carry out every request whose time has come, and delete copies whose time is over; return how many were tried."""
    now = now or timezone.now()
    delete_old_copies(now=now)
    return sum(run_request(request_id=pk, now=now) for pk in due_requests(now))


def run_request(*, request_id: int, now: datetime | None = None) -> bool:
    """Carry out one request, or go on with it; whether this worker got it.

    What goes wrong is noted by its kind alone (its text may hold a person's data) and tried again later.
    """
    now = now or timezone.now()
    work = _claimed(request_id, now)
    if work is None:
        return False
    try:
        (make_copy if work.request.kind == RequestKind.EXPORT else erase)(work)
    except ClaimLost:
        logger.info("data request %s is carried out by another worker", work.request.public_id)
    except Exception as error:  # noqa: BLE001 - an app's eraser may raise anything; one request stops no other
        _note_failure(work, type(error).__name__)
    return True


def _claimed(request_id: int, now: datetime) -> Work | None:
    """Take the request for a while, if its time has come and nobody else has it."""
    claim = uuid4()
    due = DataRequest.objects.filter(pk=request_id, next_run_at__lte=now, state__in=RUNNABLE)
    with transaction.atomic():
        if not due.update(claim=claim, next_run_at=now + LEASE):
            return None
        request = DataRequest.objects.select_related("user", "child", "asked_by").get(pk=request_id)
        if request.state == RequestState.WAITING:
            _start(request, now)
    return Work(request, claim, now)


def _start(request: DataRequest, now: datetime) -> None:
    request.state, request.started_at = RequestState.RUNNING, request.started_at or now
    request.save(update_fields=["state", "started_at"])
    RequestEvent.objects.create(request=request, state=request.state, happened_at=now)


@transaction.atomic
def _note_failure(work: Work, kind: str) -> None:
    mine = DataRequest.objects.select_for_update(of=("self",)).filter(pk=work.request.pk, claim=work.claim)
    request = mine.first()
    if request is None:
        return
    logger.error("data request %s failed at %s: %s", request.public_id, request.step or "the start", kind)
    request.failures += 1
    request.failure = kind
    wait = back_off(request.failures)
    request.next_run_at = work.now + wait if wait else None
    request.claim = None
    if wait is None:
        request.state = RequestState.FAILED
        RequestEvent.objects.create(request=request, state=request.state, happened_at=work.now)
        telling.tell_staff_of_failure(request)
    request.save(update_fields=["failures", "failure", "next_run_at", "claim", "state"])
