"""Holds a family has not asked for: times kept for it to say yes or no to. They are shown where they are answered."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

#: Return the bookings' ids, as a queryset of `values("booking_id")`: it becomes a part of a query.
Kept = Callable[[], QuerySet[Any, Any]]

_kept: list[Kept] = []


def register_kept_times(kept: Kept) -> None:
    """Say which holds wait for an answer elsewhere; called in AppConfig.ready()."""
    _kept.append(kept)


def kept_times() -> list[QuerySet[Any, Any]]:
    """Return what was registered, as subqueries."""
    return [kept() for kept in _kept]
