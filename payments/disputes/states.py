"""The states of a dispute and the moves between them."""

from payments.disputes.enums import DisputeState as D
from payments.gateways.accounting import DisputeStatus

#: An inquiry that was under review may become a real dispute that waits for our answer; what is decided stays decided.
SOURCES: dict[D, tuple[D, ...]] = {
    D.NEEDS_RESPONSE: (D.UNDER_REVIEW, D.NEEDS_RESPONSE),
    D.UNDER_REVIEW: (D.NEEDS_RESPONSE, D.UNDER_REVIEW),
    D.WON: (D.NEEDS_RESPONSE, D.UNDER_REVIEW, D.WON),
    D.LOST: (D.NEEDS_RESPONSE, D.UNDER_REVIEW, D.LOST),
}
STATE_OF = {
    DisputeStatus.NEEDS_RESPONSE: D.NEEDS_RESPONSE,
    DisputeStatus.UNDER_REVIEW: D.UNDER_REVIEW,
    DisputeStatus.WON: D.WON,
    DisputeStatus.LOST: D.LOST,
}
