"""The surroundings of the machine. Models are imported late: settings come first."""

from typing import Any

import pytest


@pytest.fixture
def world(db: None) -> Any:
    """The clinic and the families, before anything happened."""
    from tests.catalog.scheduling.machine.world import World

    return World()
