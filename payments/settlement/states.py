"""The payout's state table. A move is one conditional UPDATE, so a repeat or the loser of a race does nothing."""

from typing import Any

from payments.settlement.enums import PayoutState
from payments.settlement.models import Payout
from payments.settlement.rules import PAYOUT_SOURCES


def move_payout(payout_id: int, to: PayoutState, **fields: Any) -> bool:
    """Move a payout and set `fields`; False when it stands where this move does not start."""
    rows = Payout.objects.filter(pk=payout_id, state__in=PAYOUT_SOURCES[to])
    return rows.update(state=to, **fields) == 1
