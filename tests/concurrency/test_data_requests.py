"""Several workers and one request; two guardians who ask at the same moment."""

from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from marketplace.consent.rights import services
from marketplace.consent.rights.enums import RequestKind, RequestState
from marketplace.consent.rights.errors import AlreadyAsked
from marketplace.consent.rights.models import DataRequest, ErasureStep, ExportFile, RequestEvent
from marketplace.consent.rights.services import running
from marketplace.consent.rights.services.work import Work
from tests.marketplace.consent.rights.life import Life, later, make_life

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def life() -> Life:
    return make_life()


@pytest.fixture
def copy(life) -> DataRequest:
    """A copy that waits for a worker."""
    return DataRequest.objects.create(
        kind=RequestKind.EXPORT,
        state=RequestState.WAITING,
        child=life.child,
        subject_id=life.child.public_id,
        asked_by=life.parent,
        next_run_at=timezone.now(),
    )


def values(outcomes) -> list:
    assert [outcome.error for outcome in outcomes] == [None] * len(outcomes)
    return sorted(outcome.value for outcome in outcomes)


def test_one_worker_gets_a_request(copy, run_concurrently):
    assert values(run_concurrently(lambda _: services.run_request(request_id=copy.pk), 4)) == [False] * 3 + [True]
    assert ExportFile.objects.count() == 1
    assert RequestEvent.objects.filter(state=RequestState.DONE).count() == 1


def test_without_the_claim_all_of_them_begin(copy, run_concurrently, monkeypatch):
    """The race is real: read first and write later, and every worker takes the request for its own."""

    def careless(request_id, now):
        request = DataRequest.objects.select_related("user", "child", "asked_by").get(pk=request_id)
        claim = uuid4()
        DataRequest.objects.filter(pk=request_id).update(claim=claim)
        return Work(request, claim, now)

    monkeypatch.setattr(running, "_claimed", careless)
    assert values(run_concurrently(lambda _: services.run_request(request_id=copy.pk), 4)).count(True) > 1


def test_one_worker_erases(life, run_concurrently):
    asked = services.ask_for_erasure(asker=life.parent, subject_id=life.child.public_id)
    now = later(8)
    run = run_concurrently(lambda _: services.run_request(request_id=asked.pk, now=now), 4)
    assert values(run) == [False] * 3 + [True]
    keys = list(ErasureStep.objects.values_list("key", flat=True))
    assert len(keys) == len(set(keys))


def ask(life: Life) -> bool:
    try:
        services.ask_for_erasure(asker=life.parent, subject_id=life.child.public_id)
    except AlreadyAsked:
        return False
    return True


def test_who_asks_at_once_asks_once(life, run_concurrently):
    assert values(run_concurrently(lambda _: ask(life), 3)) == [False, False, True]
    assert DataRequest.objects.count() == 1


def test_without_the_constraint_they_would_ask_twice(life, run_concurrently):
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX one_open_data_request")
    assert values(run_concurrently(lambda _: ask(life), 3)).count(True) > 1
