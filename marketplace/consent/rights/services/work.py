"""A worker's hold on one request: every step checks that it still has it, and says how far it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from .. import locks
from ..enums import RequestState
from ..models import DataRequest, RequestEvent
from ..rules import LEASE


class ClaimLost(Exception):
    """Another worker took the request over: this one was silent for too long."""


@dataclass(frozen=True)
class Work:
    """One request in one worker's hands; `now` is when it took it."""

    request: DataRequest
    claim: UUID
    now: datetime

    @contextmanager
    def step(self, key: str, percent: int) -> Iterator[DataRequest]:
        """Do one step in a transaction of its own, with the request locked. Raises ClaimLost."""
        with transaction.atomic(durable=True):
            request = locks.claimed_request(self.request.pk, self.claim)
            if request is None:
                raise ClaimLost
            yield request
            # The lease counts from real time: a long step must not end its own claim.
            DataRequest.objects.filter(pk=request.pk, claim=self.claim).update(
                step=key, percent=percent, next_run_at=max(timezone.now(), self.now) + LEASE
            )

    def finish(self, request: DataRequest) -> None:
        """Say that all is done; the last thing inside the last step."""
        DataRequest.objects.filter(pk=request.pk).update(
            state=RequestState.DONE, percent=100, finished_at=self.now, failure="", pause=""
        )
        RequestEvent.objects.create(request=request, state=RequestState.DONE, happened_at=self.now)
        DataRequest.objects.filter(pk=request.pk).update(claim=None, next_run_at=None)
