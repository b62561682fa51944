"""Two sealers at once must not fork a day's chain."""

import threading
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection

from marketplace.core.audit import keys, locks
from marketplace.core.audit.models import AuditEvent, DaySeal
from marketplace.core.audit.services import AccessNote, export_lines, record_accesses, seal_events, sealing
from marketplace.core.formatting import SHANGHAI
from tests.marketplace.core.audit.test_verification import script

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2026, 11, 20, 12, tzinfo=SHANGHAI)


def write(count: int) -> None:
    AuditEvent.objects.bulk_create(
        AuditEvent(recorded_at=NOON, subject_id=uuid4(), items=["plan"], purpose="care") for _ in range(count)
    )


def positions() -> list[int]:
    return list(AuditEvent.objects.exclude(position=None).order_by("position").values_list("position", flat=True))


@pytest.fixture
def without_lock(monkeypatch):
    """Take the sealers' lock away, and let both read the chain's end before either writes."""
    monkeypatch.setattr(locks, "hold_sealing_lock", lambda: None)
    both_have_read = threading.Barrier(2)
    read_end = sealing.chain_end

    def read_together(day):
        end = read_end(day)
        if not both_have_read.broken:
            both_have_read.wait(20)
            both_have_read.abort()  # once is enough
        return end

    def patient(day):
        try:
            return read_together(day)
        except threading.BrokenBarrierError:
            return read_end(day)

    monkeypatch.setattr(sealing, "chain_end", patient)


def seal_different_rows(monkeypatch) -> None:
    """Each sealer takes the rows it happens to see: one the first half, the other the second."""
    everything = sealing.unsealed_events
    names = iter(("first", "second"))
    mine = threading.local()

    def some():
        if not hasattr(mine, "name"):
            mine.name = next(names)
        rows = everything()
        middle = AuditEvent.objects.order_by("pk").values_list("pk", flat=True)[4]
        return rows.filter(pk__lte=middle) if mine.name == "first" else rows.filter(pk__gt=middle)

    monkeypatch.setattr(sealing, "unsealed_events", some)


def test_sealers_and_writers_side_by_side_make_one_chain(run_concurrently):
    write(200)

    def work(number: int) -> None:
        if number % 2:
            seal_events(now=NOON)
        else:
            note = AccessNote(actor=None, subject_id=uuid4(), items=["mood"], purpose="care")
            for _ in range(10):
                record_accesses([note])

    outcomes = run_concurrently(work, 8)
    assert [outcome.error for outcome in outcomes] == [None] * 8
    seal_events()
    assert AuditEvent.objects.filter(position=None).count() == 0
    assert AuditEvent.objects.count() == 240
    found = script.verify(export_lines(), [keys.public_key_text()])
    assert (found["ok"], found["events"]) == (True, 240), found


def test_without_the_lock_two_sealers_collide_and_the_constraint_is_all_that_is_left(
    run_concurrently, without_lock, monkeypatch
):
    write(10)
    seal_different_rows(monkeypatch)
    outcomes = run_concurrently(lambda number: seal_events(now=NOON), 2)
    assert sum(isinstance(outcome.error, IntegrityError) for outcome in outcomes) == 1
    assert positions() == [1, 2, 3, 4, 5]


def test_without_lock_and_constraint_the_chain_forks(run_concurrently, without_lock, monkeypatch):
    write(10)
    seal_different_rows(monkeypatch)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditevent DROP CONSTRAINT audit_one_event_a_place")
        cursor.execute("DROP INDEX audit_interim_seal_once")
    run_concurrently(lambda number: seal_events(now=NOON), 2)
    assert positions() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert not script.verify(export_lines(now=NOON), [keys.public_key_text()])["ok"]


def test_with_the_lock_the_same_two_sealers_make_one_chain(run_concurrently, monkeypatch):
    write(10)
    seal_different_rows(monkeypatch)
    outcomes = run_concurrently(lambda number: seal_events(now=NOON), 2)
    assert [outcome.error for outcome in outcomes] == [None, None]
    assert positions() == list(range(1, 11))
    assert DaySeal.objects.latest("pk").count == 10


def test_a_writer_never_waits_for_a_sealer(run_concurrently):
    write(5)
    sealing_has_begun, written = threading.Event(), threading.Event()

    def work(number: int) -> bool:
        from django.db import transaction

        if number == 0:
            with transaction.atomic():
                locks.hold_sealing_lock()
                sealing_has_begun.set()
                return written.wait(20)
        sealing_has_begun.wait(20)
        write(1)
        written.set()
        return True

    assert [outcome.value for outcome in run_concurrently(work, 2)] == [True, True]
