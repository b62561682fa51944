"""Rows of every class that retention knows, each with the moment its period begins to count."""

from . import books, community, desk, diary, library, orders, people, practices, rooms, safety, sessions, settling
from .made import MAKERS, Made, dated

__all__ = [
    "MAKERS",
    "Made",
    "books",
    "community",
    "dated",
    "desk",
    "diary",
    "library",
    "orders",
    "people",
    "practices",
    "rooms",
    "safety",
    "sessions",
    "settling",
]
