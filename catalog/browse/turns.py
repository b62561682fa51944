"""Whose turn it is among equals: an order drawn anew each day, which anybody can draw again. Pure: no database."""

from datetime import date
from hashlib import sha256

#: Turns go from 0 up to this; equals of one turn (rare) stand the newer first.
TURNS = 1000


def turn_of(day: date, product_id: int) -> int:
    """Return a product's turn on a day: SHA-256 of "2026-11-16:17", its first eight hex digits, modulo TURNS."""
    return int(sha256(f"{day.isoformat()}:{product_id}".encode()).hexdigest()[:8], 16) % TURNS
