"""What a backup says about itself; sealed like its other files."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils import timezone

from marketplace.core.audit.selectors import standing_seals
from marketplace.core.encryption import journal
from marketplace.core.encryption.models import DataKey

from .errors import NotWhole

FORMAT = 1
NAME = "manifest.sealed"
DATABASE = "database.dump.sealed"
MEDIA = "media.tar.sealed"


@dataclass(frozen=True)
class Manifest:
    """`tables` counts rows, `files` is name -> SHA-256 of the plain bytes, `audit_anchors` are the last seals of the record
    of looks (DAY:COUNT:HASH), `erasures` the journal's length and last hash, `kek_uris` the versions of the key service's
    key without which its sealed texts stay closed."""

    id: str
    taken_at: str
    tables: dict[str, int]
    audit_anchors: list[str]
    erasures: tuple[int, str]
    kek_uris: list[str]
    files: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    def as_bytes(self) -> bytes:
        """The text that is sealed."""
        return json.dumps(asdict(self), sort_keys=True, indent=1).encode()


def draft(backup_id: str, tables: dict[str, int], anchors: list[str]) -> Manifest:
    """Describe a backup that is being taken; its files come later."""
    known = journal.entries()
    uris = DataKey.objects.filter(destroyed_at=None).order_by("kek_uri").values_list("kek_uri", flat=True).distinct()
    return Manifest(
        id=backup_id,
        taken_at=timezone.now().isoformat(),
        tables=tables,
        audit_anchors=anchors,
        erasures=(len(known), known[-1].hash if known else journal.NOTHING_BEFORE),
        kek_uris=list(uris),
    )


def parsed(text: bytes) -> Manifest:
    """Read a manifest.

    Raises:
        NotWhole: it is of another format.
    """
    try:
        content: dict[str, Any] = json.loads(text)
        if content["format"] != FORMAT:
            raise NotWhole(f"{NAME} is of format {content['format']}")
        return Manifest(**content | {"erasures": tuple(content["erasures"])})
    except (ValueError, KeyError, TypeError) as error:
        raise NotWhole(f"{NAME} cannot be read") from error


def audit_anchors() -> list[str]:
    """The last seals, as deploy/verify_audit.py takes them; read before the snapshot, so that it holds what they name."""
    return [f"{seal.chain_on}:{seal.count}:{seal.last_hash}" for seal in standing_seals() if seal.count]
