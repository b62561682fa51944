"""What consultations need to know of the floors above: where our staff find an emergency, or words that sound like one."""

from collections.abc import Callable
from uuid import UUID

Page = Callable[[UUID], str]
_pages: dict[str, Page] = {}


def register_emergency_page(page: Page) -> None:
    """Say at which path an emergency (its public id) is shown to our staff."""
    _pages["emergency"] = page


def register_urgent_words_page(page: Page) -> None:
    """Say at which path feedback that sounds urgent (its public id) is shown to our staff."""
    _pages["words"] = page


def page_of_emergency(public_id: UUID) -> str:
    """Return that path, empty where there is no such page."""
    return _pages["emergency"](public_id) if "emergency" in _pages else ""


def page_of_urgent_words(public_id: UUID) -> str:
    """The same for words."""
    return _pages["words"](public_id) if "words" in _pages else ""
