"""Two of our staff at once; and the proof that the lock is what helps."""

import threading
from contextlib import suppress

import pytest

from marketplace.consent.complaints import locks, services
from marketplace.consent.complaints.enums import EntryKind
from marketplace.consent.complaints.errors import AlreadyTaken
from marketplace.consent.complaints.models import Complaint, Entry
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def take_by_two(run_concurrently) -> list:
    complaint = services.file_complaint(topic="seen", items=[], what_happened="x").complaint
    staff = [factories.make_staff() for _ in range(2)]
    return run_concurrently(
        lambda number: services.take_complaint(public_id=complaint.public_id, taken_by=staff[number]), 2
    )


def test_one_of_two_takes_it(run_concurrently):
    outcomes = take_by_two(run_concurrently)
    refused = [outcome.error for outcome in outcomes if outcome.error]
    assert [type(error) for error in refused] == [AlreadyTaken]
    winner = next(outcome.value for outcome in outcomes if outcome.value)
    assert Complaint.objects.get().handler == winner.handler
    assert Entry.objects.filter(kind=EntryKind.ACKNOWLEDGED).count() == 1


def test_without_the_lock_both_take_it(run_concurrently, monkeypatch):
    meeting = threading.Barrier(2)

    def unlocked(public_id):
        complaint = Complaint.objects.get(public_id=public_id)
        with suppress(threading.BrokenBarrierError):
            meeting.wait(2)
        return complaint

    monkeypatch.setattr(locks, "locked_complaint", unlocked)
    outcomes = take_by_two(run_concurrently)
    assert not [outcome.error for outcome in outcomes if outcome.error]
    assert Entry.objects.filter(kind=EntryKind.ACKNOWLEDGED).count() == 2
