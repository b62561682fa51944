"""A complaint's number, which names it, and its secret code, which opens it."""

import hashlib
import re
import secrets
from uuid import UUID

from django.utils.crypto import constant_time_compare

#: Letters and digits nobody mixes up when they read them out.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_NUMBER_LETTERS = 7
_CODE_LETTERS = 16
_GROUP = 4


def new_number() -> str:
    """Return a number such as T4K7M2QX: random, so that it does not tell how many there are."""
    return "T" + _random(_NUMBER_LETTERS)


def new_code() -> str:
    """Return a code such as K7M2-QX4D-9HNP-3RTW; 79 bits, more than anybody can try."""
    letters = _random(_CODE_LETTERS)
    return "-".join(letters[start : start + _GROUP] for start in range(0, _CODE_LETTERS, _GROUP))


def digest(public_id: UUID, code: str) -> str:
    """Return what is kept of a code."""
    return hashlib.sha256(f"{public_id}:{_squeezed(code)}".encode()).hexdigest()


def is_code(public_id: UUID, code: str, kept: str) -> bool:
    """Return whether a code as somebody typed it is the one."""
    return constant_time_compare(digest(public_id, code), kept)


def squeezed_number(text: str) -> str:
    """Return a number as somebody typed it in the form it is kept in."""
    return _squeezed(text)


def _squeezed(text: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))
