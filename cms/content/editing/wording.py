"""The wording of an item: what a review is about, and a fingerprint of it."""

import hashlib
import json
import re
from typing import Any

from ..models import Item

#: What a reader is told, and for whom: all of it was in front of the reviewer.
FIELDS = (
    "title", "kind", "summary", "body", "audience", "age_from", "age_to", "needs", "skills", "grade_from", "grade_to",
    "subject", "author_name", "machine_written", "sources", "licence",
)  # fmt: skip


#: What the editor writes into paragraphs for itself.
_EDITORS_MARK = re.compile(r' data-block-key="[^"]*"')


def hash_of(item: Item) -> str:
    """Return the fingerprint of an item's wording as it stands in memory: SHA-256, hexadecimal."""
    return hash_of_content(item.serializable_data())


def hash_of_content(content: dict[str, Any]) -> str:
    """Return the fingerprint of a revision's content."""
    wording = {name: _plain(content.get(name)) for name in FIELDS}
    return hashlib.sha256(json.dumps(wording, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()


def _plain(value: Any) -> Any:
    """Return a value without what differs between two ways to write the same: streams as parsed JSON, ids left out."""
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            value = json.loads(value)
        except ValueError:
            return value
    if isinstance(value, str):
        return _EDITORS_MARK.sub("", value)
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items() if key != "id"}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value
