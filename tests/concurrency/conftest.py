"""The guards of booking, to be taken away one by one: a test that stays green without its guard proves nothing."""

import threading
from collections.abc import Callable
from contextlib import suppress

import pytest


@pytest.fixture
def without_constraint() -> Callable[[], None]:
    """Drop the exclusion constraint and the seats' check from this test's own copy of the database."""

    from django.db import connection

    def drop() -> None:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE scheduling_occupancy DROP CONSTRAINT provider_never_in_two_places")
            cursor.execute("ALTER TABLE scheduling_occupancy DROP CONSTRAINT occupancy_never_overfull")

    return drop


@pytest.fixture
def without_lock(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Read the provider without locking the row."""

    from catalog.scheduling.models import Provider
    from catalog.scheduling.services import holding

    def unlocked(*, provider_id: int, service_id: int) -> bool:
        return Provider.objects.filter(pk=provider_id, services=service_id).exists()

    return lambda: monkeypatch.setattr(holding, "lock_provider_of_service", unlocked)


@pytest.fixture
def meeting_after_the_look(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let so many rivals all see the slot free before any of them writes; where a guard parts them, nobody waits long."""

    from catalog.scheduling.services import holding

    def arrange(rivals: int) -> None:
        look, barrier = holding._refuse_when_not_free, threading.Barrier(rivals)

        def look_and_meet(wish: object) -> None:
            look(wish)
            with suppress(threading.BrokenBarrierError):
                barrier.wait(1)

        monkeypatch.setattr(holding, "_refuse_when_not_free", look_and_meet)

    return arrange
