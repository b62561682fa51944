"""The unified social credit code of an organisation in China (GB 32100): 18 signs, the last of which checks the others."""

import re
import unicodedata

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_FORM = re.compile(rf"[{_SIGNS}]{{18}}")


def normal(written: str) -> str:
    """Return a code as it is kept: capital letters, no spaces."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", written)).upper()


def check_sign(first_17: str) -> str:
    """Return the last sign of a code that begins like this."""
    total = sum(_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(first_17))
    return _SIGNS[(31 - total % 31) % 31]


def is_valid(code: str) -> bool:
    """Return whether a code can be one: its form and its last sign."""
    return bool(_FORM.fullmatch(code)) and check_sign(code[:17]) == code[17]
