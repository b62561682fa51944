"""Writes of orders, one function per use case."""

from .asking import answer_question, ask_question
from .cancelling import CancelledLine, cancel_booked_line, cancel_series
from .ending import cancel_order, expire_due_orders, release_order
from .goodwill import decide_give_back, give_back
from .groups import cancel_group, decide_groups
from .missed import refund_missed
from .noting import note_bills_seen
from .placing import Address, place_order
from .refunding import record_refund
from .requests import answer_request, lapse_requests
from .settling import accept_payment
from .undoing import undo_order

__all__ = [
    "Address",
    "CancelledLine",
    "accept_payment",
    "answer_question",
    "answer_request",
    "ask_question",
    "cancel_booked_line",
    "cancel_group",
    "cancel_order",
    "cancel_series",
    "decide_give_back",
    "decide_groups",
    "expire_due_orders",
    "give_back",
    "lapse_requests",
    "note_bills_seen",
    "place_order",
    "record_refund",
    "refund_missed",
    "release_order",
    "undo_order",
]
