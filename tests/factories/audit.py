from datetime import datetime
from uuid import UUID, uuid4

from marketplace.core.audit.enums import Action, Outcome
from marketplace.core.audit.models import AuditEvent
from marketplace.core.formatting import SHANGHAI


def november(day: int, hour: int = 12, minute: int = 0) -> datetime:
    """A moment in November 2026, Shanghai time."""
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


def make_looks(count: int = 1, *, at: datetime, subject: UUID | None = None, **fields: object) -> list[AuditEvent]:
    """So many looks at somebody's data, not yet sealed."""
    values = {
        "actor_label": "安和咨询 · 咨询师",
        "items": ["plan", "score"],
        "purpose": "care",
        "reason": "consent",
        "action": Action.READ,
        "outcome": Outcome.ALLOWED,
        **fields,
    }
    return AuditEvent.objects.bulk_create(
        AuditEvent(
            **{"recorded_at": at, "actor_id": uuid4(), "subject_id": subject or uuid4(), "records": [uuid4()], **values}
        )
        for _ in range(count)
    )
