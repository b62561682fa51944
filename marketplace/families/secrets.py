"""Secrets of invitations: a link's token and a short code people can read out. The database keeps digests only.

Digests are keyed: a copy of the database alone does not let anybody try codes against it.
"""

import secrets

from django.utils.crypto import salted_hmac

#: No 0/O, 1/I/L: 31 signs, so 8 of them are 850 thousand million codes, tried a few times in ten minutes.
_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_LENGTH = 8
_SALT = "marketplace.families.invitation"


def new_token() -> str:
    """Return a secret for a link: 32 characters."""
    return secrets.token_urlsafe(24)


def new_code() -> str:
    """Return a secret for reading out, in two groups: K7QM-3XWP."""
    code = "".join(secrets.choice(_SIGNS) for _ in range(_CODE_LENGTH))
    return f"{code[:4]}-{code[4:]}"


def plain_code(code: str) -> str:
    """Return a code as it is kept, however it was written: no spaces, no hyphens, capitals. A token stays as it is."""
    bare = "".join(code.split()).replace("-", "")
    return bare.upper() if len(bare) == _CODE_LENGTH else code.strip()


def digest_of(secret: str) -> str:
    """Return the digest under which a token or a code is kept."""
    return salted_hmac(_SALT, plain_code(secret), algorithm="sha256").hexdigest()
