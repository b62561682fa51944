"""Rows of every class that retention knows, each with the moment its period begins to count."""

from . import books, orders, people, rooms, sessions, settling
from .made import MAKERS, Made, dated

__all__ = ["MAKERS", "Made", "books", "dated", "orders", "people", "rooms", "sessions", "settling"]
