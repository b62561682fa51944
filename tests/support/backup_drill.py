"""A restore drill: a family with a full life, a backup of it, its erasure, and the backup restored beside it."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection

from marketplace.core.backups.manifest import DATABASE, MEDIA, NAME
from marketplace.core.backups.sealing import Sealer, make_key_file
from marketplace.core.embedded.locations import CHECKOUT, database_url

Tamper = Callable[[Path, Path, random.Random], None]


@dataclass
class Drill:
    """Where a drill works: a folder of its own, and a second database beside the first."""

    folder: Path

    def __post_init__(self) -> None:
        make_key_file(self.folder / "backup-key.json")
        settings.ERASURE_JOURNAL = self.folder / "erasures.jsonl"
        settings.BACKUP_KEY_FILE = str(self.folder / "backup-key.json")
        settings.MEDIA_ROOT = self.folder / "media"
        self.sealer = Sealer(self.folder / "backup-key.json")
        self.backups = self.folder / "backups"
        self.restored_media = self.folder / "restored-media"
        self.restored_name = f"{connection.settings_dict['NAME']}_restored"

    def make_media(self, dice: random.Random) -> None:
        """Some uploads, one longer than what is sealed in one go."""
        for name, size in (("a.jpg", 1000), ("organisations/b.jpg", 2_500_000), ("organisations/空.txt", 0)):
            path = Path(settings.MEDIA_ROOT) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(dice.randbytes(size))

    def empty_database(self) -> None:
        """An empty database and media folder to restore into."""
        with psycopg.connect(database_url("test", "postgres"), autocommit=True) as administration:
            administration.execute(f'DROP DATABASE IF EXISTS "{self.restored_name}" WITH (FORCE)')
            administration.execute(f'CREATE DATABASE "{self.restored_name}"')
        shutil.rmtree(self.restored_media, ignore_errors=True)

    def drop(self) -> None:
        """Leave no second database behind."""
        with psycopg.connect(database_url("test", "postgres"), autocommit=True) as administration:
            administration.execute(f'DROP DATABASE IF EXISTS "{self.restored_name}" WITH (FORCE)')

    def manage(self, *arguments: object) -> subprocess.CompletedProcess:
        """`manage.py backups …` as somebody at a fresh machine runs it: the second database, the same keys."""
        environment = os.environ | {
            "DATABASE_URL": database_url("test", self.restored_name),
            "KEY_SERVICE_FILE": str(settings.KEY_SERVICE_FILE),
            "ERASURE_JOURNAL": str(settings.ERASURE_JOURNAL),
            "BACKUP_KEY_FILE": settings.BACKUP_KEY_FILE,
            "MEDIA_ROOT": str(self.restored_media),
        }
        command = [sys.executable, "manage.py", "backups", *map(str, arguments)]
        return subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)

    def restore(self, backup: Path) -> dict:
        """Restore into an empty database; what the command found."""
        self.empty_database()
        result = self.manage("restore", backup)
        assert result.returncode == 0, result.stderr[-3000:]
        return json.loads(result.stdout.splitlines()[-1])

    def restored(self) -> psycopg.Connection:
        """A connection to what was restored."""
        return psycopg.connect(database_url("test", self.restored_name), autocommit=True)

    def restored_text(self) -> str:
        """Every row of every restored table, as text."""
        text = []
        with self.restored() as eye:
            names = eye.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'").fetchall()
            for (name,) in names:
                text += [row for (row,) in eye.execute(f"SELECT row_to_json(t)::text FROM {name} t")]
        return "\n".join(text)


def wrapped_keys(eye: psycopg.Connection) -> dict:
    """Subject -> wrapped keyset, of every living key."""
    return dict(
        eye.execute("SELECT subject_id, wrapped_keyset FROM encryption_datakey WHERE destroyed_at IS NULL").fetchall()
    )


def bring_back(eye: psycopg.Connection, subject_id: object, wrapped: bytes) -> None:
    """An old key put back into the database, as a careless restore of one table would."""
    eye.execute(
        "UPDATE encryption_datakey SET wrapped_keyset = %s, destroyed_at = NULL WHERE subject_id = %s",
        [wrapped, subject_id],
    )


# --- tampering: each is given a copy of a backup, another backup sealed with the same key, and dice ------------------
def _flip(name: str) -> Tamper:
    def flip(copy: Path, other: Path, dice: random.Random) -> None:
        content = bytearray((copy / name).read_bytes())
        content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
        (copy / name).write_bytes(content)

    return flip


def _cut(name: str) -> Tamper:
    def cut(copy: Path, other: Path, dice: random.Random) -> None:
        content = (copy / name).read_bytes()
        (copy / name).write_bytes(content[: dice.randrange(len(content))])

    return cut


def _lengthen(copy: Path, other: Path, dice: random.Random) -> None:
    with (copy / DATABASE).open("ab") as file:
        file.write(dice.randbytes(dice.randint(1, 5000)))


def _remove(name: str) -> Tamper:
    return lambda copy, other, dice: (copy / name).unlink()


def _take_from_other(name: str) -> Tamper:
    return lambda copy, other, dice: shutil.copyfile(other / name, copy / name) and None


def _swap(copy: Path, other: Path, dice: random.Random) -> None:
    (copy / DATABASE).rename(copy / "x")
    (copy / MEDIA).rename(copy / DATABASE)
    (copy / "x").rename(copy / MEDIA)


def _add(copy: Path, other: Path, dice: random.Random) -> None:
    (copy / "more.sealed").write_bytes(dice.randbytes(100))


TAMPERINGS: dict[str, Tamper] = {
    **{f"bit flipped in {name}": _flip(name) for name in (DATABASE, MEDIA, NAME)},
    **{f"{name} cut": _cut(name) for name in (DATABASE, MEDIA, NAME)},
    **{f"{name} missing": _remove(name) for name in (DATABASE, MEDIA, NAME)},
    **{f"{name} of another backup": _take_from_other(name) for name in (DATABASE, MEDIA, NAME)},
    "bytes added behind the dump": _lengthen,
    "dump and media swapped": _swap,
    "a file added": _add,
}
