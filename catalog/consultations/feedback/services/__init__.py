"""Writes of feedback, one function per use case."""

from .deciding import decide_words
from .giving import give_feedback, withdraw_words
from .replying import decide_reply, reply_to_words

__all__ = ["decide_reply", "decide_words", "give_feedback", "reply_to_words", "withdraw_words"]
