"""Export of the chains as JSON lines, for whoever checks them elsewhere with `deploy/verify_audit.py`."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from marketplace.core.formatting import in_shanghai

from .. import keys
from ..chain import FORMAT, canonical, event_content, moment_text, seal_content
from ..models import DaySeal
from ..rules import kept_from
from ..selectors import sealed_events, standing_seals


def export_lines(*, since: date | None = None, until: date | None = None, now: datetime | None = None) -> Iterator[str]:
    """Yield the export line by line: a head, the events of each day in order, its seal, and at last a signed end.

    The end is hashed over all lines before it, so that a cut shows. Only what is sealed is exported: seals are read
    first and a chain only grows, so a sealer at work meanwhile changes nothing. Days before the head's `kept_from` may
    have lost their events to retention; `since` and `until` are Shanghai days, both included.
    """
    whole = hashlib.sha256()
    events = 0
    seals = standing_seals(since, until)
    for content in _contents(seals, since, until, now or timezone.now()):
        events += content["type"] == "event"
        line = canonical(content)
        whole.update(line.encode() + b"\n")
        yield line
    yield canonical(_end(events, len(seals), whole.hexdigest()))


def _contents(seals: list[DaySeal], since: date | None, until: date | None, now: datetime) -> Iterator[dict[str, Any]]:
    public_key = keys.public_key_text()
    yield {
        "type": "export",
        "format": FORMAT,
        "exported_at": moment_text(now),
        "since": since.isoformat() if since else None,
        "until": until.isoformat() if until else None,
        "kept_from": kept_from(in_shanghai(now).date()).isoformat(),
        "keys": {keys.key_id(public_key): public_key},
    }
    for seal in seals:
        for event in sealed_events(seal):
            yield {"type": "event", "hash": event.hash, **event_content(event)}
        yield {"type": "seal", "hash": seal.hash, "signature": seal.signature, **seal_content(seal)}


def _end(events: int, seals: int, lines_hash: str) -> dict[str, Any]:
    content = {
        "type": "end",
        "events": events,
        "seals": seals,
        "lines_hash": lines_hash,
        "key_id": keys.key_id(keys.public_key_text()),
    }
    return {**content, "signature": keys.signature(canonical(content))}
