"""Writes about who may offer what."""

from .licences import record_licence, withdraw_licence

__all__ = ["record_licence", "withdraw_licence"]
