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

    from catalog.scheduling.services import keeping

    def unlocked(*, provider_ids: set[int], service_ids: set[int], **_: object) -> dict[int, list[int]]:
        return {provider_id: list(service_ids) for provider_id in provider_ids}

    return lambda: monkeypatch.setattr(keeping, "lock_for_holding", unlocked)


@pytest.fixture
def meeting_after_the_look(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let so many rivals all see the slot free before any of them writes; where a guard parts them, nobody waits long."""

    from catalog.scheduling.services import keeping

    def arrange(rivals: int) -> None:
        look, barrier = keeping._refuse_when_not_free, threading.Barrier(rivals)

        def look_and_meet(*seen: object) -> None:
            look(*seen)
            with suppress(threading.BrokenBarrierError):
                barrier.wait(1)

        monkeypatch.setattr(keeping, "_refuse_when_not_free", look_and_meet)

    return arrange
