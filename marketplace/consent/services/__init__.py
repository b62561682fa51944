"""Writes of consent."""

from .looking import look

__all__ = ["look"]
