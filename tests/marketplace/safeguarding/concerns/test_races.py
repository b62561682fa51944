"""Two texts of one person at the same moment; and the proof that the database is what helps."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import uuid4

import pytest
from django.db import connection

from marketplace.safeguarding.concerns import locks
from marketplace.safeguarding.concerns.models import Concern, Escalation
from marketplace.safeguarding.concerns.services import open_concern, watch_concerns
from marketplace.safeguarding.enums import Kind, Level, Source
from tests import factories
from tests.factories.concerns import make_concern, make_keeper

pytestmark = pytest.mark.django_db(transaction=True)
GUARD = "one_open_concern_per_person_kind"


def constraint():
    return next(each for each in Concern._meta.constraints if each.name == GUARD)


@contextmanager
def without_guard() -> Iterator[None]:
    """Take the partial unique index away, and put it back over an empty table."""
    with connection.schema_editor() as editor:
        editor.remove_constraint(Concern, constraint())
    try:
        yield
    finally:
        Concern.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Concern, constraint())


def both_see_none(monkeypatch) -> None:
    """Let both look before either writes: the first look of each thread finds nothing, and they meet there."""
    meeting, look = threading.Barrier(2), locks.locked_open_concern
    seen = threading.local()

    def first_look_finds_nothing(**wanted):
        if getattr(seen, "once", False):
            return look(**wanted)
        seen.once = True
        with suppress(threading.BrokenBarrierError):
            meeting.wait(5)
        return None

    monkeypatch.setattr(locks, "locked_open_concern", first_look_finds_nothing)


def two_texts(run_concurrently) -> list:
    child = factories.make_child(factories.make_user())
    return run_concurrently(
        lambda number: open_concern(
            kind=Kind.SELF_HARM,
            level=Level.CONCERN,
            source=Source.INTAKE,
            ref=str(uuid4()),
            author=None,
            child=child,
        ),
        2,
    )


def test_without_the_guard_a_person_has_two(run_concurrently, monkeypatch):
    both_see_none(monkeypatch)
    with without_guard():
        assert not [each.error for each in two_texts(run_concurrently) if each.error]
        assert Concern.objects.count() == 2


def test_with_the_guard_both_texts_stand_behind_one(run_concurrently, monkeypatch):
    both_see_none(monkeypatch)
    outcomes = two_texts(run_concurrently)
    assert not [each.error for each in outcomes if each.error]
    concern = Concern.objects.get()
    assert concern.events.exclude(ref="").count() == 2


def test_two_workers_escalate_once(run_concurrently):
    from datetime import timedelta

    from django.utils import timezone

    keeper = make_keeper()
    make_concern(at=timezone.now() - timedelta(minutes=16))
    outcomes = run_concurrently(lambda number: watch_concerns(), 2)
    assert not [each.error for each in outcomes if each.error]
    assert sum(each.value for each in outcomes) == 1
    assert Escalation.objects.count() == 1
    assert keeper.messages_received.filter(channel="sms", key__contains=":15:").count() == 1
