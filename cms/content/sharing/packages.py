"""The package an item travels in: one ZIP with the item as JSON, its files, and fingerprints of all of it.

No key is involved: the fingerprints show damage and careless changes, and name the wording so that a later copy can be told
from an earlier one. Whoever takes a package in has it reviewed again, so nothing depends on trusting it.
"""

import hashlib
import io
import json
import zipfile
from typing import Any

from .errors import PackageFault

FORMAT = "xinqiao-item/1"
MOST_BYTES = 30 * 1024 * 1024
MOST_FILES = 40
ITEM, MANIFEST, READ_ME = "item.json", "manifest.json", "README.txt"


def fingerprint(data: bytes) -> str:
    """Return the SHA-256 of something, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def packed(item: dict[str, Any], files: dict[str, bytes], read_me: str) -> bytes:
    """Return the package of an item: always the same bytes for the same item."""
    parts = {ITEM: _json(item), READ_ME: read_me.encode(), **files}
    manifest = {"format": FORMAT, "sha256": {name: fingerprint(data) for name, data in sorted(parts.items())}}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in [(MANIFEST, _json(manifest)), *sorted(parts.items())]:
            package.writestr(zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0)), data)
    return written.getvalue()


def unpacked(data: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return the item and the files of a package whose fingerprints are right. Raises PackageFault."""
    if len(data) > MOST_BYTES:
        raise PackageFault
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise PackageFault
            parts = {entry.filename: package.read(entry) for entry in entries}
        manifest = json.loads(parts.pop(MANIFEST))
        item = json.loads(parts[ITEM])
    except (zipfile.BadZipFile, KeyError, ValueError, RuntimeError, NotImplementedError) as error:
        raise PackageFault from error
    told = manifest.get("sha256", {}) if isinstance(manifest, dict) else {}
    if not isinstance(item, dict) or manifest.get("format") != FORMAT:
        raise PackageFault
    if {name: fingerprint(content) for name, content in parts.items()} != told:
        raise PackageFault
    return item, {name: content for name, content in parts.items() if name.startswith("files/")}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1).encode()
