"""Login names as young people write them, and as we keep them (lower case)."""

import re
import unicodedata

SHORTEST, LONGEST = 3, 30
#: Letters a to z, figures, Chinese characters and . - _; never @, so that it is no e-mail address.
_ALLOWED = re.compile(r"[a-z0-9\u4e00-\u9fff._-]+")
_HAS_A_LETTER = re.compile(r"[a-z\u4e00-\u9fff]")


def normal(written: str) -> str:
    """Return a login name as it is kept: full-width letters made plain, lower case, no space around it."""
    return unicodedata.normalize("NFKC", written).strip().lower()


def login_name(written: str) -> str | None:
    """Return a login name as it is kept, or None where it is none: one without a letter could be a phone number."""
    name = normal(written)
    fits = SHORTEST <= len(name) <= LONGEST and _ALLOWED.fullmatch(name) and _HAS_A_LETTER.search(name)
    return name if fits else None
