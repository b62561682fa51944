"""Writes of feedback, one function per use case."""

from .deciding import decide_words
from .giving import give_feedback, withdraw_words

__all__ = ["decide_words", "give_feedback", "withdraw_words"]
