"""Writes of returns, one function per use case."""

from .answering import approve_return, refuse_return
from .asking import ask_return, withdraw_return
from .cancelling import cancel_unsent
from .courses import give_course_back
from .receiving import note_refunded, receive_return
from .sending import mark_sent_back
from .tending import tend_returns

__all__ = [
    "approve_return",
    "ask_return",
    "cancel_unsent",
    "give_course_back",
    "mark_sent_back",
    "note_refunded",
    "receive_return",
    "refuse_return",
    "tend_returns",
    "withdraw_return",
]
