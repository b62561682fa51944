"""The same call of a partner's program twice at the same moment, on connections of their own."""

from unittest.mock import patch

import pytest
from django.db import transaction

from partners.api.errors import CallStillRunning
from partners.api.models import IdempotentCall
from partners.api.services import call_once, calling
from tests.partners.api.calling import make_organisation
from tests.support.waiting import eventually

pytestmark = pytest.mark.django_db(transaction=True)
RIVALS = 6


def rush(run_concurrently):
    """Everybody sends the same call; return how often it was done, and what each heard."""
    key, done = make_organisation().key, []

    def act():
        done.append(1)
        return {"number": len(done)}

    outcomes = run_concurrently(lambda _: call_once(key=key, name="the-same-call", request_digest="f", act=act), RIVALS)
    assert all(each.error is None or isinstance(each.error, CallStillRunning) for each in outcomes), outcomes
    return len(done), [each.value.body for each in outcomes if each.value]


def test_it_is_done_once(run_concurrently):
    times, heard = rush(run_concurrently)

    assert times == 1 and all(body == {"number": 1} for body in heard)
    assert IdempotentCall.objects.count() == 1


def test_without_the_database_saying_so_it_would_be_done_twice(run_concurrently):
    """Looking first and writing after lets all of them in."""

    def looked_first(key, name, request_digest, now):
        if IdempotentCall.objects.filter(api_key=key, name=name).exists():
            return calling._found(key, name, request_digest, now)
        barrier_like_work()
        return IdempotentCall.objects.create(api_key=key, name=name, request_digest=request_digest, claimed_at=now)

    def barrier_like_work():
        started.append(1)
        eventually(lambda: len(started) >= 2, seconds=20)

    started: list[int] = []
    with transaction.atomic(), transaction.get_connection().cursor() as cursor:
        cursor.execute("ALTER TABLE partner_api_idempotentcall DROP CONSTRAINT call_made_once")
    with patch.object(calling, "_claim", looked_first):
        times, _ = rush(run_concurrently)
    assert times > 1
