"""The Ed25519 key that signs seals: from the environment, or a file of its own in development."""

import base64
import hashlib
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings


@cache
def signing_key() -> Ed25519PrivateKey:
    """Return the key named by AUDIT_SIGNING_KEY (base64 of 32 bytes), else the one in AUDIT_SIGNING_KEY_FILE.

    The file is made on first use, readable by its owner alone; production demands the setting.
    """
    text = settings.AUDIT_SIGNING_KEY or _kept_key(Path(settings.AUDIT_SIGNING_KEY_FILE))
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(text))


def public_key_text() -> str:
    """Return the public key, base64: what a verifier is given."""
    return base64.b64encode(signing_key().public_key().public_bytes_raw()).decode()


def key_id(public_key: str) -> str:
    """Return the short name of a public key: the first 16 hex digits of its SHA-256."""
    return hashlib.sha256(base64.b64decode(public_key)).hexdigest()[:16]


def signature(text: str) -> str:
    """Sign a text; hex."""
    return signing_key().sign(text.encode()).hex()


def _kept_key(path: Path) -> str:
    """Read the file's key, making it first where it is missing; of several starters one wins and all read its key."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{id(path)}.draft")
        draft.touch(mode=0o600)
        draft.write_text(base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode())
        try:
            path.hardlink_to(draft)  # fails where another process was first, and never shows half a key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()
