"""A clock that can be set."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest


@pytest.fixture
def apply(db: None) -> Callable[..., Any]:
    """`apply("orders", at=...)`: run retention with the clock at a moment, and return that class's line."""
    from marketplace.consent.retention import services

    def run(key: str, *, at: datetime) -> Any:
        line = services.apply_retention(now=at).lines.get(key=key)
        assert line.error == ""
        return line

    return run
