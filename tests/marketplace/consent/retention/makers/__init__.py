"""Rows of every class that retention knows, each with the moment its period begins to count."""

from . import (
    books,
    community,
    desk,
    diary,
    interfaces,
    library,
    orders,
    people,
    practices,
    rooms,
    safety,
    sessions,
    settling,
    standing,
    uploads,
)
from .made import MAKERS, Made, dated

__all__ = [
    "MAKERS",
    "Made",
    "books",
    "community",
    "dated",
    "desk",
    "diary",
    "interfaces",
    "library",
    "orders",
    "people",
    "practices",
    "rooms",
    "safety",
    "sessions",
    "settling",
    "uploads",
    "standing",
]
