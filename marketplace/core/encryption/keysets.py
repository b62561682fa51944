"""What we ask of Tink: make a subject's keyset, wrap and unwrap it, give it a new primary key.

Tink is imported where it is used: commands that never seal anything start without it.
"""

import hashlib
import time
from functools import lru_cache
from threading import Lock
from typing import Any
from uuid import UUID

from .kms import key_service

#: How long an unwrapped keyset may stay in the memory of a process, and how many.
KEPT_SECONDS = 60
KEPT_KEYSETS = 2000

_kept: dict[bytes, tuple[float, Any]] = {}
_kept_lock = Lock()


@lru_cache(maxsize=1)
def register_aead() -> None:
    """Tell Tink once about the primitives we use."""
    from tink import aead

    aead.register()


def new_wrapped_keyset(subject_id: UUID) -> tuple[bytes, str]:
    """Return a fresh AES-256-GCM keyset, wrapped, and the URI of the key that wraps it."""
    import tink
    from tink import aead

    register_aead()
    return _wrap(tink.new_keyset_handle(aead.aead_key_templates.AES256_GCM), subject_id)


def primitive(wrapped: bytes, kek_uri: str, subject_id: UUID) -> Any:
    """Return the tink.aead.Aead of a wrapped keyset.

    It is kept for a short time under the subject and the wrapped bytes themselves: the database stays the only one to say which keyset
    is a subject's, so that a destroyed key closes everywhere at once.
    """
    from tink import aead

    name = hashlib.sha256(subject_id.bytes + wrapped).digest()
    now = time.monotonic()
    kept = _kept.get(name)
    if kept and kept[0] > now:
        return kept[1]
    found = _unwrap(wrapped, kek_uri, subject_id).primitive(aead.Aead)
    _keep(name, now, found)
    return found


def _keep(name: bytes, now: float, found: Any) -> None:
    with _kept_lock:
        for old in [key for key, (until, _) in _kept.items() if until <= now]:
            del _kept[old]
        if len(_kept) >= KEPT_KEYSETS:
            _kept.clear()
        _kept[name] = (now + KEPT_SECONDS, found)


def forget_keysets() -> None:
    """Drop every unwrapped keyset of this process."""
    with _kept_lock:
        _kept.clear()


def rewrapped(wrapped: bytes, kek_uri: str, subject_id: UUID) -> tuple[bytes, str]:
    """Return the same keyset under the key in use now, and that key's URI."""
    return _wrap(_unwrap(wrapped, kek_uri, subject_id), subject_id)


def with_new_primary(wrapped: bytes, kek_uri: str, subject_id: UUID) -> tuple[bytes, str]:
    """Return the keyset with one more key, which seals from now on; the older ones still open."""
    import tink
    from tink import aead, proto_keyset_format, secret_key_access
    from tink.proto import tink_pb2

    def as_proto(handle: Any) -> Any:
        keyset = tink_pb2.Keyset()
        keyset.ParseFromString(proto_keyset_format.serialize(handle, secret_key_access.TOKEN))
        return keyset

    merged = as_proto(_unwrap(wrapped, kek_uri, subject_id))
    taken = {key.key_id for key in merged.key}
    fresh = as_proto(tink.new_keyset_handle(aead.aead_key_templates.AES256_GCM))
    while fresh.primary_key_id in taken:
        fresh = as_proto(tink.new_keyset_handle(aead.aead_key_templates.AES256_GCM))
    merged.key.append(fresh.key[0])
    merged.primary_key_id = fresh.primary_key_id
    return _wrap(proto_keyset_format.parse(merged.SerializeToString(), secret_key_access.TOKEN), subject_id)


def _wrap(handle: Any, subject_id: UUID) -> tuple[bytes, str]:
    from tink import proto_keyset_format

    uri = key_service().current_uri()
    return proto_keyset_format.serialize_encrypted(handle, key_service().get_aead(uri), subject_id.bytes), uri


def _unwrap(wrapped: bytes, kek_uri: str, subject_id: UUID) -> Any:
    from tink import proto_keyset_format

    register_aead()
    return proto_keyset_format.parse_encrypted(wrapped, key_service().get_aead(kek_uri), subject_id.bytes)
