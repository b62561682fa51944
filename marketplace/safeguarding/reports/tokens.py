"""The secret of a reporter's link: shown once as an address, kept only as its digest."""

import hashlib
import secrets


def new_token() -> str:
    """Return a new secret of 43 characters, 256 bits."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()
