"""Writes of measures, one function per use case."""

from .answering import decline, record_answers, screen_goal
from .inviting import ask_before_sessions

__all__ = ["ask_before_sessions", "decline", "record_answers", "screen_goal"]
