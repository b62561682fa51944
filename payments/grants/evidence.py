"""Receipts and invoices: taken only as PDF or photo by what is in them, kept as ciphertext, opened by what the row seals.

The folder of uploads is handed out to everybody by the web server, so nothing in it may be readable by itself.
"""

import base64
import json
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from .errors import EvidenceGone, EvidenceRefused

MAX_BYTES = 5 * 1024 * 1024
_NONCE_BYTES = 12
#: What each kind of file begins with.
_BEGINNINGS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


def kind_of(content: bytes) -> str:
    """The media type, by the content and not by what the sender calls it. Raises EvidenceRefused."""
    if len(content) <= MAX_BYTES:
        for beginning, media_type in _BEGINNINGS.items():
            if content.startswith(beginning):
                return media_type
    raise EvidenceRefused


def put_away(content: bytes) -> str:
    """Write the content as ciphertext under a random name; return the reference that opens it, to be sealed."""
    key, nonce = AESGCM.generate_key(256), secrets.token_bytes(_NONCE_BYTES)
    name = default_storage.save(
        f"evidence/{secrets.token_hex(16)}.sealed", ContentFile(nonce + AESGCM(key).encrypt(nonce, content, None))
    )
    return json.dumps({"name": name, "key": base64.b64encode(key).decode()})


def take_out(reference: str) -> bytes:
    """The content behind a reference. Raises EvidenceGone."""
    try:
        where = json.loads(reference)
        with default_storage.open(where["name"]) as file:
            sealed = file.read()
        return AESGCM(base64.b64decode(where["key"])).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None)
    except (ValueError, KeyError, OSError, InvalidTag) as error:
        raise EvidenceGone from error


def destroy(reference: str) -> None:
    """Delete the file behind a reference, if it is still there."""
    try:
        default_storage.delete(json.loads(reference)["name"])
    except (ValueError, KeyError):
        return
