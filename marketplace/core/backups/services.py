"""Taking a backup, checking one, restoring one."""

import hashlib
import os
import shutil
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from marketplace.core.audit.services import seal_events
from marketplace.core.encryption import journal

from . import checks, erasures, manifest, postgres
from .errors import NotAsItWas, NotEmpty, NotWhole
from .manifest import DATABASE, MEDIA, Manifest
from .sealing import Sealer

_SUMS = "SHA256SUMS"


def take_backup(*, into: Path, sealer: Sealer) -> Path:
    """Write a backup into a new folder of `into`; what has the final name is complete.

    First the record of looks is sealed and the erasure journal caught up, so that both are as new as the dump.
    """
    seal_events()
    journal.note_missing()
    backup_id = str(uuid4())
    final = into / f"xinqiao-{timezone.now():%Y%m%dT%H%M%SZ}-{backup_id[:8]}"
    folder = final.with_suffix(".unfinished")
    folder.mkdir(parents=True, mode=0o700)
    anchors = manifest.audit_anchors()
    with postgres.snapshot() as (eye, moment):
        said = manifest.draft(backup_id, postgres.row_counts(eye), anchors)
        with sealer.writing(folder / DATABASE, backup_id) as target:
            database = _Hashing(target)
            postgres.dump(moment, database)
    with sealer.writing(folder / MEDIA, backup_id) as target:
        media = _Hashing(target)
        _pack(Path(settings.MEDIA_ROOT), media)
    said = replace(said, files={DATABASE: database.digest, MEDIA: media.digest})
    with sealer.writing(folder / manifest.NAME, "") as target:
        target.write(said.as_bytes())
    _write_sums(folder)
    folder.rename(final)
    _synchronise(into)
    return final


def check_backup(*, folder: Path, sealer: Sealer) -> Manifest:
    """Open every file of a backup from end to end, writing nothing; return its manifest.

    Raises:
        NotWhole: a file is missing, changed, cut, foreign or one too many.
    """
    said = manifest.parsed(b"".join(sealer.reading(folder / manifest.NAME, "")))
    strangers = {path.name for path in folder.iterdir()} - {manifest.NAME, _SUMS, *said.files}
    if strangers or set(said.files) != {DATABASE, MEDIA}:
        raise NotWhole(f"files that do not belong here: {', '.join(sorted(strangers)) or 'the manifest names others'}")
    for name, expected in said.files.items():
        digest = hashlib.sha256()
        for portion in sealer.reading(folder / name, said.id):
            digest.update(portion)
        if digest.hexdigest() != expected:
            raise NotWhole(f"{name} is not what the manifest says")
    return said


def restore_backup(*, folder: Path, sealer: Sealer) -> dict[str, Any]:
    """Restore into the empty database and media folder that the settings name; return what was found.

    Nothing is written before the whole backup was opened once. Rows, the record of looks and sealed texts are checked as
    they were; then everybody whose erasure is in the journal is erased again.

    Raises:
        NotWhole, NotEmpty, ProgramFailed: nothing was restored.
        NotAsItWas: something was restored that must not be used.
    """
    said = check_backup(folder=folder, sealer=sealer)
    erasures.demand_journal(*said.erasures)
    media = Path(settings.MEDIA_ROOT)
    if media.exists() and any(media.iterdir()):
        raise NotEmpty(f"{media} is not empty")
    postgres.restore(sealer.reading(folder / DATABASE, said.id))
    _unpack(sealer.reading(folder / MEDIA, said.id), media)
    if wrong := checks.other_counts(said.tables):
        raise NotAsItWas(f"other numbers of rows than were backed up in: {', '.join(wrong)}")
    looks, opened = checks.check_audit(said.audit_anchors), checks.check_sealed_texts()
    back = erasures.came_back()
    again = erasures.erase_again()
    return {
        "backup": folder.name,
        "taken_at": said.taken_at,
        "tables": len(said.tables),
        "rows": sum(said.tables.values()),
        "restored_rows_equal": True,
        "looks_checked": looks,
        "sealed_texts_opened": opened,
        "keys_that_came_back": len(back),
        "keys_destroyed_again": again["keys"],
        "persons_erased_again": again["persons"],
        "erased_stay_erased": not erasures.came_back(),
    }


class _Hashing:
    """Passes bytes on and remembers their SHA-256."""

    def __init__(self, target: BinaryIO) -> None:
        self._target, self._digest = target, hashlib.sha256()

    def write(self, data: bytes) -> int:
        self._digest.update(data)
        return self._target.write(data)

    @property
    def digest(self) -> str:
        return self._digest.hexdigest()


class _Portions:
    """What tarfile reads from: an iterator of bytes with a `read`."""

    def __init__(self, portions: Iterable[bytes]) -> None:
        self._portions, self._rest = iter(portions), b""

    def read(self, size: int) -> bytes:
        while len(self._rest) < size and (portion := next(self._portions, None)) is not None:
            self._rest += portion
        found, self._rest = self._rest[:size], self._rest[size:]
        return found


def _pack(media: Path, target: Any) -> None:
    with tarfile.open(mode="w|", fileobj=target) as archive:
        for path in _plain_files(media):
            archive.add(path, arcname=str(path.relative_to(media)), recursive=False)


def _plain_files(folder: Path) -> Iterator[Path]:
    yield from sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _unpack(portions: Iterable[bytes], media: Path) -> None:
    media.mkdir(parents=True, exist_ok=True)
    with tarfile.open(mode="r|", fileobj=_Portions(portions)) as archive:  # type: ignore[call-overload]
        archive.extractall(media, filter="data")


def _write_sums(folder: Path) -> None:
    """For `sha256sum --check` by whoever keeps the storage and has no key; it proves nothing against an attacker."""
    lines = []
    for path in sorted(folder.iterdir()):
        with path.open("rb") as file:
            lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.name}\n")
    (folder / _SUMS).write_text("".join(lines))


def _synchronise(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def discard_unfinished(into: Path) -> int:
    """Remove what killed runs left half-written; return how many folders."""
    left = [path for path in into.glob("xinqiao-*.unfinished") if path.is_dir()]
    for path in left:
        shutil.rmtree(path)
    return len(left)
