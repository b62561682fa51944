"""A clock that can be set."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest


@pytest.fixture
def apply(db: None, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """`apply("orders", at=...)`: run retention with the clock at a moment, and return that class's line.

    `alone=True` runs that class and no other: eighty find nothing where one has something to do.
    """
    from marketplace.consent.retention import services
    from marketplace.consent.retention.registry import registered
    from marketplace.consent.retention.services import runs

    def run(key: str, *, at: datetime, alone: bool = False) -> Any:
        classes = [each for each in registered() if not alone or each.key == key]
        monkeypatch.setattr(runs, "registered", lambda: classes)
        line = services.apply_retention(now=at).lines.get(key=key)
        assert line.error == ""
        return line

    return run
