"""Reads of consent; `disclosures` is the one door every page with somebody's data asks."""

from .disclosing import disclosures

__all__ = ["disclosures"]
