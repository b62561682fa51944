"""A key service in one file beside the embedded servers: for development, tests and the demo; production refuses it."""

import base64
import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tink
from django.conf import settings
from tink import aead, proto_keyset_format, secret_key_access

from .errors import CannotOpen
from .keysets import register_aead

_SCHEME = "xinqiao-file-kek://"


class FileKms(tink.KmsClient):
    """Keeps every version of one key in settings.KEY_SERVICE_FILE, which only its owner may read.

    The file is made on first use, replaced whole, and read again when a version is asked for that was not there before:
    another process may have made it.
    """

    def __init__(self) -> None:
        self.path = Path(settings.KEY_SERVICE_FILE)
        self._versions: dict[str, str] = {}
        self._aeads: dict[str, Any] = {}
        register_aead()

    def does_support(self, key_uri: str) -> bool:
        return key_uri.startswith(_SCHEME)

    def get_aead(self, key_uri: str) -> Any:
        if key_uri not in self._aeads:
            keyset = base64.b64decode(self._keyset_of(key_uri))
            handle = proto_keyset_format.parse(keyset, secret_key_access.TOKEN)
            self._aeads[key_uri] = handle.primitive(aead.Aead)
        return self._aeads[key_uri]

    def current_uri(self) -> str:
        versions = self._read()
        if not versions:
            with self._alone():
                versions = self._read() or self._add(versions)
        return f"{_SCHEME}{max(map(int, versions))}"

    def new_version(self) -> str:
        with self._alone():
            self._add(self._read())
        return self.current_uri()

    def _keyset_of(self, key_uri: str) -> str:
        version = key_uri.removeprefix(_SCHEME)
        keyset = self._versions.get(version) or self._read().get(version)
        if keyset is None or not self.does_support(key_uri):
            raise CannotOpen(f"the key file has no key {key_uri}")
        return keyset

    def _read(self) -> dict[str, str]:
        self._versions = json.loads(self.path.read_text()) if self.path.exists() else {}
        return self._versions

    def _add(self, versions: dict[str, str]) -> dict[str, str]:
        handle = tink.new_keyset_handle(aead.aead_key_templates.AES256_GCM)
        keyset = proto_keyset_format.serialize(handle, secret_key_access.TOKEN)
        number = max(map(int, versions), default=0) + 1
        self._versions = versions | {str(number): base64.b64encode(keyset).decode()}
        draft = self.path.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(self._versions, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.path)
        return self._versions

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
