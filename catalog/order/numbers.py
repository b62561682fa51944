"""Order numbers people can read over the phone: the day, then letters that cannot be mistaken for each other."""

import secrets
from datetime import datetime

from django.utils import timezone

#: Crockford's base 32: no I, L, O or U.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LETTERS = 8


def new_order_number(now: datetime) -> str:
    """Return e.g. 261122-7K3M9QXT: random, so that it says nothing of how many orders there are. Rarely taken: retry."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))
    return f"{timezone.localtime(now):%y%m%d}-{letters}"
