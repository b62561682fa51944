"""The secret of a link. It is kept nowhere: made anew, when its owner looks at it, from the ask and a key of ours.

A copy of the database alone gives no link: of the token it has the SHA-256, and the key it lacks. A new salt is a new
link, and the old one is dead.
"""

import base64
import hashlib
import secrets
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

_PURPOSE = "payments.requests.link"
#: 256 bits, as base64 without its padding.
TOKEN_LENGTH = 43


def new_salt() -> str:
    """Return what makes the next link differ from all before it: 192 bits."""
    return secrets.token_urlsafe(24)


def token_of(public_id: UUID, salt: str) -> str:
    """Return the token of an ask's link, 43 characters."""
    secret = salted_hmac(_PURPOSE, f"{public_id}:{salt}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(secret).rstrip(b"=").decode()


def digest_of(token: str) -> str:
    """Return the digest under which a link is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_same(token: str, digest: str | None) -> bool:
    """Whether a token has this digest, taking as long for every wrong one."""
    return constant_time_compare(digest_of(token), digest or "")
