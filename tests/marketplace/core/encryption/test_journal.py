"""The list of destroyed keys outside the database: caught up, chained, and whole after a crash."""

from contextlib import suppress
from uuid import uuid4

import pytest
from django.db import transaction

from marketplace.core.encryption import journal
from marketplace.core.encryption.errors import JournalBroken
from marketplace.core.encryption.models import DataKey
from marketplace.core.encryption.services import destroy_data_key
from marketplace.core.encryption.tasks import note_destroyed_keys

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def path(settings, tmp_path):
    settings.ERASURE_JOURNAL = tmp_path / "below" / "erasures.jsonl"
    return settings.ERASURE_JOURNAL


def destroy(count=3):
    return [destroy_data_key(subject_id=uuid4(), reason="erasure", destroyed_by=None) for _ in range(count)]


def test_what_a_crash_kept_out_is_written_by_the_next_run():
    keys = destroy()
    assert journal.entries() == [], "a test's transaction does not commit"
    assert note_destroyed_keys() == 3
    assert note_destroyed_keys() == 0
    assert {entry.subject_id for entry in journal.entries()} == {key.subject_id for key in keys}


def test_an_erasure_that_was_rolled_back_is_not_in_it(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), suppress(ZeroDivisionError), transaction.atomic():
        destroy(1)
        raise ZeroDivisionError
    assert journal.entries() == []


def test_an_erasure_stands_even_when_the_journal_cannot_be_written(
    settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.ERASURE_JOURNAL = tmp_path  # a folder
    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        key = destroy(1)[0]
    with pytest.raises(IsADirectoryError):
        callbacks[0]()
    assert DataKey.objects.get(pk=key.pk).destroyed_at


def test_a_half_written_line_is_cut_off_and_written_again(path):
    destroy(2)
    journal.note_missing()
    whole = path.read_bytes()
    path.write_bytes(whole[:-30])
    assert len(journal.entries()) == 1
    assert journal.note_missing() == 1
    assert path.read_bytes() == whole


@pytest.mark.parametrize("change", ["edit", "remove", "swap", "garbage"])
def test_a_changed_journal_is_refused(path, change):
    destroy(3)
    journal.note_missing()
    lines = path.read_bytes().splitlines(keepends=True)
    changed = {
        "edit": [lines[0].replace(b"erasure", b"another"), *lines[1:]],
        "remove": lines[1:],
        "swap": [lines[1], lines[0], lines[2]],
        "garbage": [lines[0], b"[]\n", lines[2]],
    }
    path.write_bytes(b"".join(changed[change]))
    with pytest.raises(JournalBroken):
        journal.entries()
    with pytest.raises(JournalBroken):
        journal.note_missing()
