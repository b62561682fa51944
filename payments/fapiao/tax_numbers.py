"""The number by which a company in China is known: 18 characters, the last of which checks the others (GB 32100-2015)."""

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V, Z
_BASE = len(_ALPHABET)
LENGTH = 18


def clean_tax_number(written: str) -> str:
    """As it is kept: capitals, without spaces and dashes."""
    return "".join(written.split()).replace("-", "").upper()


def is_tax_number(number: str) -> bool:
    """Whether a cleaned number can be a 统一社会信用代码; one wrong or two exchanged characters show."""
    if len(number) != LENGTH or any(character not in _ALPHABET for character in number):
        return False
    *body, check = (_ALPHABET.index(character) for character in number)
    total = sum(value * pow(3, place, _BASE) for place, value in enumerate(body))
    return check == -total % _BASE
