"""What a link and a seal are made of: text that anybody can hash again. Format 1; see docs/adr/0010.

`deploy/verify_audit.py` repeats these few lines with the standard library alone and must not drift from them.
"""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from .models import AuditEvent, DaySeal

FORMAT = 1
#: What stands before the first link of a day, and before the first seal of all.
NOTHING_BEFORE = "0" * 64


def canonical(content: dict[str, Any]) -> str:
    """Return JSON with sorted keys, without spaces, in plain UTF-8: one text for one content."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: dict[str, Any]) -> str:
    """Return the SHA-256 of the canonical text, in hex."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def moment_text(moment: datetime) -> str:
    """Return a moment as UTC with microseconds, always the same length."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def event_content(event: AuditEvent) -> dict[str, Any]:
    """Return everything a link is hashed over: the row, its place, and the link before it."""
    return {
        "format": FORMAT,
        "id": str(event.public_id),
        "recorded_at": moment_text(event.recorded_at),
        "action": str(event.action),
        "actor": str(event.actor_id) if event.actor_id else None,
        "actor_label": event.actor_label,
        "subject": str(event.subject_id),
        "items": list(event.items),
        "records": [str(record) for record in event.records],
        "purpose": event.purpose,
        "outcome": str(event.outcome),
        "reason": event.reason,
        "chain_on": event.chain_on.isoformat() if event.chain_on else None,
        "position": event.position,
        "previous_hash": event.previous_hash,
    }


def seal_content(seal: DaySeal) -> dict[str, Any]:
    """Return everything a seal is hashed and signed over."""
    return {
        "format": FORMAT,
        "chain_on": seal.chain_on.isoformat(),
        "is_final": seal.is_final,
        "count": seal.count,
        "last_hash": seal.last_hash,
        "previous_hash": seal.previous_hash,
        "sealed_at": moment_text(seal.sealed_at),
        "key_id": seal.key_id,
    }
