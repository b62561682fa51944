"""Writes of letters."""

from .answering import (
    answer_letter,
    close_answered,
    hand_over_thread,
    note_for_colleagues,
    raise_worry,
    take_thread,
)
from .reminding import watch_clocks
from .writing import Sent, close_thread, delete_thread, mark_opened, write_letter, write_on

__all__ = [
    "Sent",
    "answer_letter",
    "close_answered",
    "close_thread",
    "delete_thread",
    "hand_over_thread",
    "mark_opened",
    "note_for_colleagues",
    "raise_worry",
    "take_thread",
    "watch_clocks",
    "write_letter",
    "write_on",
]
