"""Who looks when a company's message is about something other than a trade or a refund, and at what else is due.

Agreements and disputes live in rooms above the core of payments; each registers its look in AppConfig.ready().
"""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from payments.enums import EventAbout

#: Takes the gateway's code and the event's `ref`; asks the company for the truth; returns what is wrong, or "".
Listener = Callable[[str, str], str]

#: Rows of a model that is payments.models.Checked, and the look at one of them, by its id.
DueLook = tuple[Callable[[], "QuerySet[Any]"], Callable[[int], object]]

_listeners: dict[EventAbout, Listener] = {}
_due_looks: dict[str, DueLook] = {}


def register_listener(about: EventAbout, listener: Listener) -> None:
    """Let `listener` look at events of this kind."""
    _listeners[about] = listener


def listener_for(about: EventAbout) -> Listener | None:
    """Who looks at events of this kind, if not the core itself."""
    return _listeners.get(about)


def register_due_look(name: str, rows: Callable[[], "QuerySet[Any]"], look: Callable[[int], object]) -> None:
    """Let reconciliation look at rows of another room whose `next_check_at` has come."""
    _due_looks[name] = (rows, look)


def due_looks() -> list[DueLook]:
    """What reconciliation looks at besides the core's own rows."""
    return list(_due_looks.values())
