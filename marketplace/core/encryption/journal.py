"""Whose keys were destroyed, kept in a file outside the database: a restored backup brings destroyed keys back.

One line of JSON for each subject, chained by SHA-256 so that a line that was changed or taken out shows. The file holds
ids, moments and fixed words, and nothing that opens anything. It belongs beside the backups, on storage that only grows.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

from .errors import JournalBroken
from .models import DataKey

NOTHING_BEFORE = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One destroyed key."""

    subject_id: UUID
    destroyed_at: datetime
    reason: str
    hash: str


def entries() -> list[Entry]:
    """Everything in the journal, oldest first; nothing where there is no file yet.

    Raises:
        JournalBroken: a line was changed, moved or taken out.
    """
    path = journal_path()
    if not path.exists():
        return []
    with path.open("rb") as file:
        return list(_walk(_whole_lines(file)))


def note_destroyed(keys: Iterable[DataKey]) -> int:
    """Add those of these destroyed keys that are not in the journal yet, on disk before this returns; how many.

    A line that a crash left half-written is cut off first: its key is still in the database, and comes again.
    """
    with _alone() as file:
        lines = _whole_lines(file)
        known = list(_walk(lines))
        ids, last = {entry.subject_id for entry in known}, known[-1].hash if known else NOTHING_BEFORE
        file.truncate(sum(map(len, lines)))
        file.seek(0, os.SEEK_END)
        added = 0
        for key in keys:
            if key.destroyed_at is None or key.subject_id in ids:
                continue
            line, last = _line(key, last)
            file.write(line)
            ids.add(key.subject_id)
            added += 1
        file.flush()
        os.fsync(file.fileno())
    return added


def note_missing() -> int:
    """Add every destroyed key of the database that the journal lacks; return how many."""
    known = {entry.subject_id for entry in entries()}
    gone = DataKey.objects.exclude(destroyed_at=None).order_by("destroyed_at", "pk")
    missing = [key for key in gone.only("subject_id", "destroyed_at", "destroy_reason") if key.subject_id not in known]
    return note_destroyed(missing) if missing else 0


def journal_path() -> Path:
    """Where the journal is."""
    return Path(settings.ERASURE_JOURNAL)


def _line(key: DataKey, previous: str) -> tuple[bytes, str]:
    assert key.destroyed_at is not None
    content = {
        "subject_id": str(key.subject_id),
        "destroyed_at": key.destroyed_at.isoformat(),
        "reason": key.destroy_reason,
        "previous": previous,
    }
    digest = _digest(content)
    return json.dumps({**content, "hash": digest}, sort_keys=True).encode() + b"\n", digest


def _digest(content: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _walk(lines: Iterable[bytes]) -> Iterator[Entry]:
    previous = NOTHING_BEFORE
    for number, line in enumerate(lines, 1):
        try:
            content = json.loads(line)
            claimed = content.pop("hash")
            if content["previous"] != previous or _digest(content) != claimed:
                raise JournalBroken(f"line {number} of the erasure journal is not what was written")
            when, subject = datetime.fromisoformat(content["destroyed_at"]), UUID(content["subject_id"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise JournalBroken(f"line {number} of the erasure journal cannot be read") from error
        previous = claimed
        yield Entry(subject, when, content["reason"], claimed)


def _whole_lines(file: BinaryIO) -> list[bytes]:
    file.seek(0)
    return [line for line in file.readlines() if line.endswith(b"\n")]


@contextmanager
def _alone() -> Iterator[BinaryIO]:
    path = journal_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
