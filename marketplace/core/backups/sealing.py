"""Sealing of streams with Tink's streaming AEAD: a changed, cut, lengthened or foreign file does not open.

Each file is bound to its backup's id and its own name, so that files cannot be swapped between backups.
"""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

import tink
from tink import json_proto_keyset_format, secret_key_access, streaming_aead

from .errors import BackupFault, NotWhole

PORTION = 1 << 20
_FORMAT = "xinqiao-backup/1"


@lru_cache(maxsize=1)
def _register() -> None:
    streaming_aead.register()


def make_key_file(path: Path) -> None:
    """Write a fresh AES-256-GCM-HKDF key that only its owner may read; never over another one."""
    _register()
    handle = tink.new_keyset_handle(streaming_aead.streaming_aead_key_templates.AES256_GCM_HKDF_1MB)
    text = json_proto_keyset_format.serialize(handle, secret_key_access.TOKEN)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise BackupFault(f"{path} is there already; older backups need it") from error
    with os.fdopen(descriptor, "w") as file:
        file.write(text)


class Sealer:
    """Seals and opens the files of backups with the key of one file."""

    def __init__(self, key_file: Path) -> None:
        _register()
        try:
            handle = json_proto_keyset_format.parse(key_file.read_text(), secret_key_access.TOKEN)
        except (OSError, tink.TinkError) as error:
            raise BackupFault("BACKUP_KEY_FILE names no readable key; make one with: backups new-key") from error
        self._aead: Any = handle.primitive(streaming_aead.StreamingAead)

    @contextmanager
    def writing(self, path: Path, backup_id: str) -> Iterator[BinaryIO]:
        """Give a stream to write plain bytes to; the sealed file is on disk when the block ends."""
        with path.open("xb") as file, _KeptOpen(file) as target:
            stream = self._aead.new_encrypting_stream(target, _bound_to(backup_id, path.name))
            yield stream
            stream.close()
            file.flush()
            os.fsync(file.fileno())

    def reading(self, path: Path, backup_id: str) -> Iterator[bytes]:
        """Yield the plain bytes of a sealed file.

        Raises:
            NotWhole: it is missing, or not what was sealed under this id and name; what came before is not to be used.
        """
        try:
            with path.open("rb") as file:
                stream = self._aead.new_decrypting_stream(file, _bound_to(backup_id, path.name))
                while portion := stream.read(PORTION):
                    yield portion
        except FileNotFoundError as error:
            raise NotWhole(f"{path.name} is missing") from error
        except (tink.TinkError, OSError) as error:
            raise NotWhole(f"{path.name} was changed or cut, or is sealed with another key") from error


class _KeptOpen(io.RawIOBase):
    """A file that a stream on top of it cannot close: it is synchronised to disk first."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        return self._file.write(data)


def _bound_to(backup_id: str, name: str) -> bytes:
    return f"{_FORMAT}\n{backup_id}\n{name}".encode()
