"""Backups on a real server: what is tampered with is not believed, what is restored is what was, the erased stay erased."""

import json
import random
import shutil

import pytest
from django.core.management import CommandError, call_command

from marketplace.core.backups import services
from marketplace.core.backups.errors import BackupFault, NotAsItWas, NotEmpty, NotWhole
from marketplace.core.backups.sealing import Sealer, make_key_file
from marketplace.core.encryption import journal
from marketplace.core.encryption.models import DataKey
from marketplace.core.encryption.services import destroy_data_key
from tests import factories
from tests.marketplace.consent.rights.life import make_life
from tests.marketplace.consent.rights.test_erasure import found_in, whole_database
from tests.marketplace.core.encryption.sealing_world import TROUBLE, ask
from tests.support.backup_drill import TAMPERINGS, Drill, bring_back, wrapped_keys

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def drill(settings, tmp_path):
    # So that pytest-django puts them back after the drill has set its own.
    settings.ERASURE_JOURNAL = settings.BACKUP_KEY_FILE = settings.MEDIA_ROOT = ""
    drill = Drill(tmp_path)
    yield drill
    drill.drop()


@pytest.fixture
def dice():
    return random.Random(20261122)


def take(drill):
    return services.take_backup(into=drill.backups, sealer=drill.sealer)


def test_tampering_with_a_backup_is_found(drill, dice):
    drill.make_media(dice)
    backup, other = take(drill), take(drill)
    services.check_backup(folder=backup, sealer=drill.sealer)
    for name, tamper in TAMPERINGS.items():
        copy = drill.folder / "copy"
        shutil.copytree(backup, copy)
        tamper(copy, other, dice)
        assert is_refused(drill, copy), name
        shutil.rmtree(copy)


def is_refused(drill, backup):
    try:
        services.check_backup(folder=backup, sealer=drill.sealer)
    except NotWhole:
        return True
    return False


def test_another_key_opens_nothing(drill, tmp_path):
    backup = take(drill)
    make_key_file(tmp_path / "another.json")
    with pytest.raises(NotWhole):
        services.check_backup(folder=backup, sealer=Sealer(tmp_path / "another.json"))
    with pytest.raises(BackupFault, match="older backups need it"):
        make_key_file(tmp_path / "another.json")


def test_nothing_of_a_backup_is_readable_without_the_key(drill):
    ask(factories.make_parent(nickname="林种子妈妈"))
    backup = take(drill)
    content = b"".join(path.read_bytes() for path in backup.iterdir())
    assert "林种子妈妈".encode() in whole_database().encode(), "the control: it is in the database"
    assert "林种子妈妈".encode() not in content
    assert b"PGDMP" not in content


def test_rows_media_looks_and_sealed_texts_come_back_and_the_erased_do_not(drill, dice, client):
    life = make_life()
    ask(stays := factories.make_parent(nickname="留下的妈妈"))
    drill.make_media(dice)
    backup = take(drill)
    old_keys_of_parent = DataKey.objects.get(subject_id=life.parent.public_id)
    erase_family(life)

    report = drill.restore(backup)
    assert report["restored_rows_equal"]
    assert report["looks_checked"] >= 1
    assert report["sealed_texts_opened"] >= 2
    assert report["keys_that_came_back"] >= 1
    assert report["persons_erased_again"] == 2
    assert report["erased_stay_erased"]
    text = drill.restored_text()
    assert found_in(text, life.of_parent | {"child": life.of_child["nickname"]}) == set()
    assert "留下的妈妈" in text, "the control: others come back"
    with drill.restored() as eye:
        assert eye.execute("SELECT count(*) FROM django_session").fetchone() == (0,), "nobody is signed in"
        assert stays.public_id in wrapped_keys(eye)
        bring_back(eye, life.parent.public_id, bytes(old_keys_of_parent.wrapped_keyset))
    for path in (drill.folder / "media").rglob("*.*"):
        assert (drill.restored_media / path.relative_to(drill.folder / "media")).read_bytes() == path.read_bytes()

    found = drill.manage("erasures")
    assert found.returncode != 0
    assert "1 destroyed keys are in the database again" in found.stderr
    assert json.loads(drill.manage("erasures", "--again").stdout)["came_back"] == 0
    again = drill.manage("restore", backup)
    assert again.returncode != 0
    assert "is not empty" in again.stderr


def erase_family(life):
    from marketplace.consent.rights import services as rights
    from tests.marketplace.consent.rights.life import later

    for subject in (life.child, life.parent):
        rights.ask_for_erasure(asker=life.parent, subject_id=subject.public_id)
    for days in (8, 9):
        rights.run_due_requests(now=later(days))


def test_a_cut_or_foreign_journal_stops_a_restore_before_it_begins(drill, settings):
    destroy_data_key(subject_id=factories.make_parent().public_id, reason="erasure", destroyed_by=None)
    backup = take(drill)
    settings.ERASURE_JOURNAL = drill.folder / "empty.jsonl"
    with pytest.raises(NotAsItWas, match="journal"):
        services.restore_backup(folder=backup, sealer=drill.sealer)


def test_nothing_is_restored_over_uploads(drill, dice):
    drill.make_media(dice)
    with pytest.raises(NotEmpty):
        services.restore_backup(folder=take(drill), sealer=drill.sealer)


def test_a_killed_backup_leaves_nothing_that_looks_whole(drill, monkeypatch):
    def fail(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("marketplace.core.backups.postgres.dump", fail)
        with pytest.raises(KeyboardInterrupt):
            take(drill)
    assert [path.suffix for path in drill.backups.iterdir()] == [".unfinished"]
    call_command("backups", "take", str(drill.backups))
    assert [path.suffix for path in drill.backups.iterdir()] == [""]


def test_the_command_demands_a_key(drill, settings):
    settings.BACKUP_KEY_FILE = ""
    with pytest.raises(CommandError, match="BACKUP_KEY_FILE"):
        call_command("backups", "take", str(drill.backups))


def test_a_destroyed_key_is_in_the_journal_once_that_is_committed(drill):
    parent = factories.make_parent()
    question = ask(parent)
    assert question.body == TROUBLE
    key = destroy_data_key(subject_id=parent.public_id, reason="erasure", destroyed_by=None)
    destroy_data_key(subject_id=parent.public_id, reason="twice", destroyed_by=None)
    assert [(entry.subject_id, entry.destroyed_at) for entry in journal.entries()] == [
        (parent.public_id, key.destroyed_at)
    ]
