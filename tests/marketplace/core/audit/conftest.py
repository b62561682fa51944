"""Looks on several days, sealed."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

import pytest

from marketplace.core.audit.enums import Action, Outcome
from marketplace.core.audit.models import AuditEvent
from marketplace.core.formatting import SHANGHAI


def shanghai(day: int, hour: int = 12, minute: int = 0) -> datetime:
    """A moment in November 2026."""
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def write_looks(db) -> Callable[..., list[AuditEvent]]:
    """`write_looks(3, at=moment)`: so many looks at one person's data."""

    def write(count: int = 1, *, at: datetime, subject: UUID | None = None) -> list[AuditEvent]:
        return AuditEvent.objects.bulk_create(
            AuditEvent(
                recorded_at=at,
                action=Action.READ,
                actor_id=uuid4(),
                actor_label="安和咨询 · 咨询师",
                subject_id=subject or uuid4(),
                items=["plan", "score"],
                records=[uuid4()],
                purpose="care",
                outcome=Outcome.ALLOWED,
                reason="consent",
            )
            for _ in range(count)
        )

    return write
