"""Where contents lie: as ciphertext under random names, each with a key of its own that only its row knows."""

import base64
import json
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from .errors import FileGone

#: The web server hands out nothing of this folder (deploy/examples/nginx.conf), and could hand out ciphertext only.
FOLDER = "sealed"
_NONCE_BYTES = 12


def put_away(content: bytes) -> str:
    """Write the content; return the reference that opens it, to be sealed."""
    key, nonce = AESGCM.generate_key(256), secrets.token_bytes(_NONCE_BYTES)
    name = default_storage.save(
        f"{FOLDER}/{secrets.token_hex(16)}.sealed", ContentFile(nonce + AESGCM(key).encrypt(nonce, content, None))
    )
    return json.dumps({"name": name, "key": base64.b64encode(key).decode()})


def take_out(reference: str) -> bytes:
    """The content behind a reference. Raises FileGone."""
    try:
        where = json.loads(reference)
        with default_storage.open(where["name"]) as file:
            sealed = file.read()
        return AESGCM(base64.b64decode(where["key"])).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None)
    except (TypeError, ValueError, KeyError, OSError, InvalidTag) as error:
        raise FileGone from error


def wipe(reference: str) -> None:
    """Delete the content behind a reference, if it is still there."""
    try:
        default_storage.delete(json.loads(reference)["name"])
    except (TypeError, ValueError, KeyError):
        return
