"""Names for analytics that lead back to nobody: keyed, another one for each purpose."""

import hmac
from base64 import b32encode
from hashlib import sha256
from uuid import UUID

from django.conf import settings

_LENGTH = 26  # 130 bits


def pseudonym(subject_id: UUID, purpose: str) -> str:
    """Return the same 26 letters for the same person and purpose, and unrelated ones for another purpose.

    Without settings.PSEUDONYM_KEY nobody can tell whose they are, or bring two purposes together. A new key makes all
    of them forget.
    """
    if not purpose:
        raise ValueError("a pseudonym is for one purpose")
    key = hmac.digest(settings.PSEUDONYM_KEY.encode(), purpose.encode(), sha256)
    return b32encode(hmac.digest(key, subject_id.bytes, sha256)).decode().lower()[:_LENGTH]
