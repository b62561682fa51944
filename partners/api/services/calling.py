"""Calls that happen once, however often they are sent: the caller names each, the database lets one of a name in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.core.errors import Refusal

from ..enums import CallState
from ..errors import CallNameReused, CallStillRunning
from ..models import ApiKey, IdempotentCall

#: A call that has not ended by then died with its worker; what it does is guarded by itself, so it may be tried again.
GIVEN_UP_AFTER = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call came to; `is_again` when it was done before."""

    status_code: int
    body: dict[str, Any]
    is_again: bool = False


def call_once(
    *, key: ApiKey, name: str, request_digest: str, act: Callable[[], dict[str, Any]], now: datetime | None = None
) -> Answer:
    """Do something under a name the caller chose, or hand back what it came to before.

    `act` opens its own transaction. A refusal changes nothing, so it frees the name: the caller may try again later.

    Raises: CallNameReused (another call has that name), CallStillRunning, and whatever `act` refuses with.
    """
    now = now or timezone.now()
    call = _claim(key, name, request_digest, now)
    if isinstance(call, Answer):
        return call
    try:
        body = act()
    except Refusal:
        IdempotentCall.objects.filter(pk=call.pk, state=CallState.RUNNING).delete()
        raise
    IdempotentCall.objects.filter(pk=call.pk).update(state=CallState.DONE, status_code=200, answer=body)
    return Answer(200, body)


def _claim(key: ApiKey, name: str, request_digest: str, now: datetime) -> IdempotentCall | Answer:
    """Take the name, or return what was answered under it."""
    try:
        with transaction.atomic():
            return IdempotentCall.objects.create(api_key=key, name=name, request_digest=request_digest, claimed_at=now)
    except IntegrityError:
        return _found(key, name, request_digest, now)


def _found(key: ApiKey, name: str, request_digest: str, now: datetime) -> IdempotentCall | Answer:
    call = IdempotentCall.objects.filter(api_key=key, name=name).first()
    if call is None:  # freed between the two lines
        raise CallStillRunning
    if call.request_digest != request_digest:
        raise CallNameReused
    if call.state == CallState.DONE:
        return Answer(call.status_code or 200, call.answer or {}, is_again=True)
    abandoned = IdempotentCall.objects.filter(pk=call.pk, state=CallState.RUNNING, claimed_at__lt=now - GIVEN_UP_AFTER)
    if not abandoned.update(claimed_at=now):
        raise CallStillRunning
    return call
