"""Phone numbers as people write them, and as we keep them (E.164)."""

import re
import unicodedata

_CHINESE_MOBILE = re.compile(r"\+861[3-9]\d{9}")
_E164 = re.compile(r"\+[1-9]\d{6,14}")
_SEPARATORS = re.compile(r"[\s()\-.·–—]")


def e164(written: str) -> str | None:
    """Return a number in E.164, or None where it is none.

    A number without country code is a Chinese mobile: 138 0000 0000, 138-0000-0000, 8613800000000, 0086 138...
    Full-width figures are read as figures.
    """
    number = _SEPARATORS.sub("", unicodedata.normalize("NFKC", written))
    if number.startswith("00"):
        number = f"+{number[2:]}"
    elif re.fullmatch(r"1\d{10}", number):
        number = f"+86{number}"
    elif re.fullmatch(r"861\d{10}", number):
        number = f"+{number}"
    pattern = _CHINESE_MOBILE if number.startswith("+86") else _E164
    return number if pattern.fullmatch(number) else None
