"""Reading one text file, and finding them all."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..enums import Kind
from .body import BodyFault, read_body
from .faults import TextFault
from .head import Head, HeadFault, read_head

#: The languages with a folder of texts; the first one leads, the others translate it.
LANGUAGES = ("zh-hans", "en")
TEXTS = Path(__file__).parent.parent / "texts"


@dataclass(frozen=True, slots=True)
class TextFile:
    """One file, read: its head, its body as a StreamField keeps it, and the fingerprint of the whole."""

    path: Path
    language: str
    head: Head
    body: list[dict[str, Any]]
    digest: str


def text_file_paths(folder: Path = TEXTS) -> list[Path]:
    """Return every text file, those of the leading language first."""
    return [path for language in LANGUAGES for path in sorted((folder / language).glob("*.md"))]


def read_text_file(path: Path) -> TextFile:
    """Read a file.

    Raises:
        TextFault: it is not as agreed; the fault names the line.
    """
    whole = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    lines = whole.split("\n")
    end = _end_of_head(path, lines)
    try:
        head = read_head("\n".join(lines[1:end]))
    except HeadFault as fault:
        raise TextFault(path, fault.line + 1 if fault.line else _line_of(fault.key, lines), fault.sentence) from fault
    if head.slug != path.stem:
        raise TextFault(path, _line_of("slug", lines), f"slug {head.slug!r} is not the file's name")
    try:
        body = read_body("\n".join(lines[end + 1 :]).rstrip(), slug=head.slug, has_lessons=head.kind is Kind.COURSE)
    except BodyFault as fault:
        raise TextFault(path, fault.line + end + 1, fault.sentence) from fault
    digest = hashlib.sha256(whole.strip().encode()).hexdigest()
    return TextFile(path=path, language=path.parent.name, head=head, body=body, digest=digest)


def _end_of_head(path: Path, lines: list[str]) -> int:
    if lines[0].strip() != "---":
        raise TextFault(path, 1, "a file begins with --- and its head")
    for number, line in enumerate(lines[1:], start=1):
        if line.strip() == "---":
            return number
    raise TextFault(path, 1, "the head is never closed with ---")


def _line_of(key: str, lines: Iterable[str]) -> int:
    """Return where a field of the head stands, or the first line when it is missing."""
    return next((number for number, line in enumerate(lines, start=1) if key and line.startswith(f"{key}:")), 1)
