"""What consultations need to know of the floors above: where our staff find an emergency."""

from collections.abc import Callable
from uuid import UUID

PageOfEmergency = Callable[[UUID], str]
_pages: list[PageOfEmergency] = []


def register_emergency_page(page: PageOfEmergency) -> None:
    """Say at which path an emergency (its public id) is shown to our staff."""
    _pages[:] = [page]


def page_of_emergency(public_id: UUID) -> str:
    """Return that path, empty where there is no such page."""
    return _pages[0](public_id) if _pages else ""
