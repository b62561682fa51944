"""Asking for a copy, a correction or an erasure, and taking it back."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.dateparse import parse_date

from marketplace.accounts.models import User
from marketplace.core.minimising import without_identity_numbers

from .. import locks
from ..enums import Fact, RequestKind, RequestState, Scope
from ..errors import AlreadyAsked, KeptForNow, NotARealDate, NotYoursToAsk, ObstaclesLeft, TooLateToWithdraw
from ..models import Correction, DataRequest, RequestEvent
from ..rules import ANSWER_WITHIN, COOLING_OFF, can_withdraw
from ..selectors import Person, is_kept_for_now, obstacles_of, person_for, request_for
from . import telling

#: Nobody is older.
_LONGEST_LIFE = timedelta(days=130 * 366)


@transaction.atomic(durable=True)
def ask_for_copy(*, asker: User, subject_id: UUID, now: datetime | None = None) -> DataRequest:
    """Ask for a copy of what we hold about a person; it is made in the background.

    Raises: NotYoursToAsk, AlreadyAsked.
    """
    now = now or timezone.now()
    person = _askable(asker, subject_id, RequestKind.EXPORT)
    request = _insert(person, RequestKind.EXPORT, asker, now, state=RequestState.WAITING, next_run_at=now)
    _set_going()
    return request


@transaction.atomic(durable=True)
def ask_for_correction(
    *, asker: User, subject_id: UUID, fact: Fact, proposal: str, now: datetime | None = None
) -> DataRequest:
    """Say what is wrong and what should stand instead; our staff answers in time. A birth date is written 2012-05-20.

    Raises: NotYoursToAsk, AlreadyAsked, NotARealDate.
    """
    now = now or timezone.now()
    person = _askable(asker, subject_id, RequestKind.CORRECT)
    if fact == Fact.BORN_ON:
        _check_date(proposal, now)
    request = _insert(person, RequestKind.CORRECT, asker, now, state=RequestState.WAITING)
    Correction.objects.create(
        request=request,
        subject_id=request.subject_id,
        fact=fact,
        proposal=without_identity_numbers(proposal.strip()),
        answer_by=now + ANSWER_WITHIN,
    )
    telling.tell_staff_of_correction(request)
    return request


@transaction.atomic(durable=True)
def ask_for_erasure(*, asker: User, subject_id: UUID, now: datetime | None = None) -> DataRequest:
    """Ask that a person's data be erased. Nothing goes before the cooling-off is over, and until then it can be undone.

    Raises: NotYoursToAsk, KeptForNow, ObstaclesLeft, AlreadyAsked.
    """
    now = now or timezone.now()
    person = _askable(asker, subject_id, RequestKind.ERASE)
    subject = person.asked(RequestKind.ERASE)
    if is_kept_for_now(subject):
        raise KeptForNow
    if obstacles := obstacles_of(subject):
        raise ObstaclesLeft(obstacles)
    request = _insert(person, RequestKind.ERASE, asker, now, state=RequestState.COOLING, next_run_at=now + COOLING_OFF)
    telling.tell_family_of_erasure(request)
    return request


@transaction.atomic(durable=True)
def withdraw_request(*, user: User, public_id: UUID, now: datetime | None = None) -> DataRequest:
    """Take a request back: who asked, or another full guardian of the child. Repeats do nothing.

    Raises: NotYoursToAsk, TooLateToWithdraw.
    """
    now = now or timezone.now()
    if request_for(user, public_id) is None:
        raise NotYoursToAsk
    request = locks.locked_request(public_id)
    assert request is not None
    if request.state == RequestState.WITHDRAWN:
        return request
    if not can_withdraw(request.state):
        raise TooLateToWithdraw
    request.state, request.finished_at = RequestState.WITHDRAWN, now
    request.next_run_at = request.claim = None  # a worker that has just taken it finds its claim gone, and stops
    request.save(update_fields=["state", "finished_at", "next_run_at", "claim"])
    RequestEvent.objects.create(request=request, state=request.state, by=user, happened_at=now)
    telling.tell_withdrawn(request, by=user)
    return request


def _askable(asker: User, subject_id: UUID, kind: RequestKind) -> Person:
    person = person_for(asker, subject_id)
    if person is None or person.scopes[kind] is None:
        raise NotYoursToAsk
    return person


def _insert(
    person: Person,
    kind: RequestKind,
    asker: User,
    now: datetime,
    *,
    state: RequestState,
    next_run_at: datetime | None = None,
) -> DataRequest:
    """Write the request; the database allows one open of a kind for a person. Raises AlreadyAsked."""
    try:
        with transaction.atomic():
            request = DataRequest.objects.create(
                kind=kind,
                state=state,
                scope=person.scopes[kind] or Scope.BOOKINGS_AND_BILLS,
                user=person.subject.user,
                child=person.subject.child,
                subject_id=person.id,
                asked_by=asker,
                asked_at=now,
                next_run_at=next_run_at,
            )
    except IntegrityError as error:
        if "one_open_data_request" not in str(error):
            raise
        raise AlreadyAsked from error
    RequestEvent.objects.create(request=request, state=state, by=asker, happened_at=now)
    return request


def _set_going() -> None:
    from ..tasks import run_waiting_requests

    # Without a broker the request waits for the next beat; it must not fail the page it was asked on.
    transaction.on_commit(lambda: run_waiting_requests.apply_async(retry=False), robust=True)


def _check_date(text: str, now: datetime) -> None:
    try:
        born_on = parse_date(text.strip())
    except ValueError:
        born_on = None
    today = timezone.localdate(now)
    if born_on is None or not today - _LONGEST_LIFE < born_on <= today:
        raise NotARealDate
