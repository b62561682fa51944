"""Everything that is left to chance; none of it can be worked out from who, when or in which order."""

import secrets
from datetime import datetime, timedelta

_ORDER_BITS = 62
#: A reply's place: the part of the day it was shown in, counted from the thread's, and a draw inside that.
_PLACE_BITS = 20
_LAST_SLOT = (1 << 31 - _PLACE_BITS) - 1


def random_order() -> int:
    """Return a place in the order of one part of a day."""
    return secrets.randbits(_ORDER_BITS)


def random_place(*, thread_slot: datetime, slot: datetime, length: timedelta, after: int = 0) -> int:
    """Return a place for a reply: later parts of a day come later, and one part keeps no order of its own.

    `after`: the place of what it quotes, which it stands behind. Past some five hundred days all share the last part.
    """
    number = min(max(0, int((slot - thread_slot) / length)), _LAST_SLOT)
    first, beyond = number << _PLACE_BITS, number + 1 << _PLACE_BITS
    lowest = max(first, after + 1)
    return lowest if lowest >= beyond - 1 else lowest + secrets.randbelow(beyond - lowest)
