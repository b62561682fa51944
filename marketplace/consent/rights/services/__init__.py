"""Writes of data rights: asking, taking back, answering, carrying out, fetching."""

from .answering import answer_correction, retry_request
from .asking import ask_for_copy, ask_for_correction, ask_for_erasure, withdraw_request
from .fetching import delete_old_copies, fetch_copy
from .running import run_due_requests, run_request

__all__ = [
    "answer_correction",
    "ask_for_copy",
    "ask_for_correction",
    "ask_for_erasure",
    "delete_old_copies",
    "fetch_copy",
    "retry_request",
    "run_due_requests",
    "run_request",
    "withdraw_request",
]
