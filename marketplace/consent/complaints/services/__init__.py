"""What people and our staff do with complaints: one function per use case."""

from .answering import answer_complaint, ask_back, hand_on, note, take_complaint
from .filing import Filed, file_complaint
from .following import accept_answer, object_to_answer, reply
from .watching import watch_clocks

__all__ = [
    "Filed",
    "accept_answer",
    "answer_complaint",
    "ask_back",
    "file_complaint",
    "hand_on",
    "note",
    "object_to_answer",
    "reply",
    "take_complaint",
    "watch_clocks",
]
