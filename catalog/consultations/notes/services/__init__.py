"""Writes of notes."""

from .writing import add_to_note, save_draft, sign_note

__all__ = ["add_to_note", "save_draft", "sign_note"]
