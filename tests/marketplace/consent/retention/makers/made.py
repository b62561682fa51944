"""What a maker of a class's row gives back, and the list of makers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass
class Made:
    """A row of a class, whom it is about, and the rows that go with it."""

    row: Model
    subject: UUID | None = None
    others: list[Model] = field(default_factory=list)


Maker = Callable[[datetime], Made]
MAKERS: dict[str, Maker] = {}


def maker(key: str) -> Callable[[Maker], Maker]:
    """Note the maker of a class; it is handed the moment its row's period begins to count."""

    def note(function: Maker) -> Maker:
        MAKERS[key] = function
        return function

    return note


def dated(row: Any, **moments: Any) -> Any:
    """Set moments that the model or its service would set to now."""
    type(row)._base_manager.filter(pk=row.pk).update(**moments)
    row.refresh_from_db()
    return row
