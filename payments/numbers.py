"""Numbers under which gateways know our attempts and refunds: at most 32 letters and digits."""

import secrets

from django.utils import timezone


def _number(prefix: str) -> str:
    return f"{prefix}{timezone.localtime():%Y%m%d%H%M%S}{secrets.token_hex(8)}"


def new_trade_number() -> str:
    """A number for an attempt; it says nothing of order or person."""
    return _number("P")


def new_refund_number() -> str:
    """A number for a refund."""
    return _number("R")
