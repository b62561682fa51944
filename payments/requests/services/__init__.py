"""Writes of asks and of guardians' decisions, one function per use case."""

from payments.requests.services.asking import Ask, Asked, ask_for_payment, change_shown, link_of, new_link
from payments.requests.services.deciding import decide_on_payment
from payments.requests.services.ending import decline_ask, end_overdue_ask, note_ended, note_paid, revoke_ask
from payments.requests.services.noting import note_paid_alone_seen
from payments.requests.services.paying import note_opened, start_payment_for
from payments.requests.services.telling import tell_refund_to_payer

__all__ = [
    "Ask",
    "Asked",
    "ask_for_payment",
    "change_shown",
    "decide_on_payment",
    "decline_ask",
    "end_overdue_ask",
    "link_of",
    "new_link",
    "note_ended",
    "note_opened",
    "note_paid",
    "note_paid_alone_seen",
    "revoke_ask",
    "start_payment_for",
    "tell_refund_to_payer",
]
