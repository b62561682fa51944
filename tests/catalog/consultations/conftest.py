"""One session by video with its people, and rooms asked from outside. Nothing is imported before Django is set up."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest


@pytest.fixture
def session(room_server: str) -> Any:
    """A session (tests.catalog.consultations.held.Session) that begins in five minutes."""
    from tests.catalog.consultations.held import Session
    from tests.factories.rooms import make_session

    return Session(room_server, make_session())


@pytest.fixture
def ask_again() -> Callable[[UUID], None]:
    """Let the room's server ask everybody in a room whether they may be there, as it does every so often by itself."""
    from catalog.consultations.receivers import knock
    from tests.support.rooms import in_own_thread

    return lambda room: in_own_thread(lambda: knock(room))
