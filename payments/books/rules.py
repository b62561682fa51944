"""What may be done about which difference, and which way its money points."""

from payments.books.enums import DifferenceKind as Kind
from payments.books.enums import Resolution
from payments.books.models import Difference

_SETTLE, _LOSS, _NOTHING = Resolution.SETTLE_NOW, Resolution.ACCEPT_LOSS, Resolution.NOTHING_TO_DO
_FITTING: dict[Kind, tuple[Resolution, ...]] = {
    Kind.MISSING_HERE: (_SETTLE, _LOSS, _NOTHING),
    Kind.MISSING_THERE: (_SETTLE, _LOSS, _NOTHING),
    Kind.AMOUNT_DIFFERS: (_SETTLE, _LOSS, _NOTHING),
    Kind.UNKNOWN_REFUND: (Resolution.BOOK_EXTERNAL_REFUND, _LOSS, _NOTHING),
    Kind.REFUND_MISSING: (_SETTLE, _LOSS, _NOTHING),
    Kind.REFUND_DIFFERS: (_SETTLE, _LOSS, _NOTHING),
    Kind.DISPUTE_DIFFERS: (_LOSS, _NOTHING),
    Kind.FEE_DIFFERS: (_SETTLE, _NOTHING),
    Kind.BALANCE_DIFFERS: (_LOSS, _NOTHING),
}
#: Where money goes out of the company's account when the figure is larger.
_OUTGOING = {Kind.UNKNOWN_REFUND, Kind.REFUND_MISSING, Kind.REFUND_DIFFERS, Kind.DISPUTE_DIFFERS, Kind.FEE_DIFFERS}


def fitting_resolutions(kind: str) -> tuple[Resolution, ...]:
    """What may be proposed about a difference of this kind."""
    return _FITTING[Kind(kind)]


def effect_fen(difference: Difference) -> int:
    """How much more stands in the company's account than in our clearing because of it, in fen."""
    return -difference.gap_fen if Kind(difference.kind) in _OUTGOING else difference.gap_fen
