"""Subjects' keys: destroyed for good, given a new primary, wrapped again while the site runs."""

import os
import stat
import subprocess
import sys
from threading import Event, Thread
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, connections, transaction

from catalog.order.models import OrderQuestion
from marketplace.core.embedded.locations import CHECKOUT
from marketplace.core.encryption import keysets, services
from marketplace.core.encryption.errors import CannotOpen, KeyDestroyed
from marketplace.core.encryption.kms import key_service
from marketplace.core.encryption.models import DataKey
from marketplace.core.encryption.sealed import ERASED
from marketplace.core.encryption.services import destroy_data_key, rewrap_batch, rotate_data_key
from tests import factories
from tests.marketplace.core.encryption.sealing_world import TROUBLE, ask, column_of, key_of, make_order


@pytest.fixture(autouse=True)
def own_key_file(settings, tmp_path):
    """A key service of this test alone."""
    settings.KEY_SERVICE_FILE = tmp_path / "kek.json"
    keysets.forget_keysets()
    yield settings.KEY_SERVICE_FILE
    keysets.forget_keysets()


@pytest.fixture
def parent(db):
    return factories.make_parent()


def test_the_key_file_is_its_owners_alone(own_key_file, parent):
    ask(parent)
    assert stat.S_IMODE(own_key_file.stat().st_mode) == 0o600
    assert key_service().current_uri().endswith("/1")


def test_without_the_key_file_nothing_opens(own_key_file, parent):
    question = ask(parent)
    own_key_file.unlink()
    key_service.cache_clear()
    keysets.forget_keysets()
    with pytest.raises(CannotOpen):
        question.body


def test_a_wrapped_keyset_is_of_no_use_to_another_subject(parent):
    ask(parent)
    key = DataKey.objects.get(subject_id=parent.public_id)
    import tink

    with pytest.raises(tink.TinkError):
        keysets.primitive(bytes(key.wrapped_keyset), key.kek_uri, uuid4())


def test_what_a_destroyed_key_closed_reads_as_erased(parent):
    question, other = ask(parent), ask(factories.make_parent())
    assert question.body
    staff = factories.make_staff()
    key = destroy_data_key(subject_id=parent.public_id, reason="erasure", destroyed_by=staff)
    assert key.wrapped_keyset is None and key.destroyed_at and key.destroyed_by == staff
    again = destroy_data_key(subject_id=parent.public_id, reason="twice", destroyed_by=None)
    assert (again.destroyed_at, again.destroy_reason) == (key.destroyed_at, "erasure")
    read = OrderQuestion.objects.get(pk=question.pk)
    assert read.body is ERASED
    assert not read.body and isinstance(read.body, str)
    assert OrderQuestion.objects.get(pk=other.pk).body == TROUBLE


def test_an_erased_row_can_still_be_saved_and_keeps_its_bytes(parent):
    question = ask(parent)
    destroy_data_key(subject_id=parent.public_id, reason="erasure", destroyed_by=None)
    before = column_of(question)
    question = OrderQuestion.objects.get(pk=question.pk)
    question.refresh_from_db()
    question.status = "answered"
    question.save()
    assert column_of(question) == before
    assert OrderQuestion.objects.get(pk=question.pk).body is ERASED


def test_nothing_more_is_written_about_an_erased_person(parent):
    destroy_data_key(subject_id=parent.public_id, reason="erasure", destroyed_by=None)
    with pytest.raises(KeyDestroyed), transaction.atomic():
        make_order(parent, note=TROUBLE)
    with pytest.raises(KeyDestroyed):
        rotate_data_key(subject_id=parent.public_id)


def test_the_database_lets_no_destroyed_key_keep_its_bytes(parent):
    ask(parent)
    with pytest.raises(IntegrityError, match="destroyed_data_key_has_no_bytes"), transaction.atomic():
        DataKey.objects.update(destroyed_at="2026-11-22 00:00+08")
    with pytest.raises(IntegrityError, match="destroyed_data_key_has_no_bytes"), transaction.atomic():
        DataKey.objects.update(wrapped_keyset=None)


def test_a_new_primary_seals_and_the_old_one_still_opens(parent):
    old = ask(parent)
    rotate_data_key(subject_id=parent.public_id)
    new = ask(parent)
    assert column_of(old)[17:22] != column_of(new)[17:22], "Tink's prefix names the key that sealed"
    assert {q.body for q in OrderQuestion.objects.all()} == {TROUBLE}


def test_rotation_changes_the_wrapping_and_not_a_ciphertext(parent, capsys):
    questions = [ask(factories.make_parent()) for _ in range(5)]
    destroy_data_key(subject_id=questions[4].asked_by.public_id, reason="erasure", destroyed_by=None)
    before = [column_of(question) for question in questions]
    wrapped = key_of(questions[0].asked_by.public_id)
    call_command("rotate_keys", batch=2)
    assert [column_of(question) for question in questions] == before
    assert key_of(questions[0].asked_by.public_id) != wrapped
    living = DataKey.objects.filter(destroyed_at=None)
    assert {key.kek_uri[-2:] for key in living} == {"/2"}
    assert all(key.rewrapped_at for key in living)
    assert [question.body for question in OrderQuestion.objects.order_by("pk")] == [TROUBLE] * 4 + [ERASED]


def test_one_subject_can_be_rotated_by_hand(parent):
    ask(parent)
    wrapped = key_of(parent.public_id)
    call_command("rotate_keys", subject=parent.public_id, verbosity=0)
    assert key_of(parent.public_id) != wrapped


@pytest.mark.django_db(transaction=True)
def test_a_killed_rotation_goes_on_where_it_was(own_key_file):
    """The command is killed with keys on both sides; run again it ends what was begun, with no third version."""
    for _ in range(6):
        ask(factories.make_parent())
    dies = (
        "import os; from django.core.management import call_command\n"
        "from marketplace.core.encryption.management.commands import rotate_keys as command\n"
        "rewrap = command.rewrap_batch; left = [2]\n"
        "def dying(**options):\n"
        "    left[0] -= 1\n"
        "    if left[0] < 0:\n"
        "        os.kill(os.getpid(), 9)\n"
        "    return rewrap(**options)\n"
        "command.rewrap_batch = dying\n"
        "import django; django.setup()\n"
        "call_command('rotate_keys', batch=2)\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{dies}"],
        cwd=CHECKOUT, env=os.environ | {"KEY_SERVICE_FILE": str(own_key_file)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert killed.returncode == -9, killed.stderr
    versions = sorted(uri[-1] for uri in DataKey.objects.values_list("kek_uri", flat=True))
    assert versions == ["1", "1", "2", "2", "2", "2"]
    assert {question.body for question in OrderQuestion.objects.all()} == {TROUBLE}
    call_command("rotate_keys", verbosity=0)
    assert {uri[-2:] for uri in DataKey.objects.values_list("kek_uri", flat=True)} == {"/2"}
    assert {question.body for question in OrderQuestion.objects.all()} == {TROUBLE}


@pytest.mark.django_db(transaction=True)
def test_people_write_and_read_while_keys_are_rotated():
    for _ in range(30):
        ask(factories.make_parent())
    stop, written, faults = Event(), [], []

    def write() -> None:
        try:
            while not stop.is_set():
                keysets.forget_keysets()
                parent = factories.make_parent()
                written.append(ask(parent))
                assert ask(parent).body == TROUBLE
        except Exception as fault:  # noqa: BLE001 - shown by the assertion below
            faults.append(fault)
        finally:
            connections.close_all()

    writer = Thread(target=write)
    writer.start()
    try:
        for _ in range(3):
            call_command("rotate_keys", batch=4, verbosity=0)
    finally:
        stop.set()
        writer.join()
    assert not faults
    assert written
    call_command("rotate_keys", batch=50, verbosity=0)
    assert {question.body for question in OrderQuestion.objects.all()} == {TROUBLE}
    assert DataKey.objects.values("kek_uri").distinct().count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_rotations_do_not_run_at_once():
    def other() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [0x6B6579])
        held.set()
        done.wait()
        connections.close_all()

    held, done = Event(), Event()
    thread = Thread(target=other)
    thread.start()
    held.wait()
    try:
        with pytest.raises(CommandError):
            call_command("rotate_keys", verbosity=0)
    finally:
        done.set()
        thread.join()


def test_a_destroyed_key_is_never_wrapped_again(parent):
    ask(parent)
    destroy_data_key(subject_id=parent.public_id, reason="erasure", destroyed_by=None)
    services.begin_rotation()
    assert rewrap_batch() == 0


def test_a_destroyed_key_closes_in_a_process_that_had_it_unwrapped(parent):
    """The database says which keyset is a subject's; what a process keeps unwrapped only saves the key service work."""
    question = ask(parent)
    assert question.body
    DataKey.objects.filter(subject_id=parent.public_id).update(wrapped_keyset=None, destroyed_at="2026-11-22 00:00+08")
    assert OrderQuestion.objects.get(pk=question.pk).body is ERASED


def test_unwrapped_keys_are_forgotten_after_a_short_time(parent, monkeypatch):
    question = ask(parent)
    unwrapped = []
    real = keysets._unwrap
    monkeypatch.setattr(keysets, "_unwrap", lambda *a: unwrapped.append(a) or real(*a))
    assert OrderQuestion.objects.get(pk=question.pk).body
    assert not unwrapped
    now = keysets.time.monotonic()
    monkeypatch.setattr(keysets.time, "monotonic", lambda: now + keysets.KEPT_SECONDS + 1)
    assert OrderQuestion.objects.get(pk=question.pk).body
    assert len(unwrapped) == 1
