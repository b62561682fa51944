"""Reading collections.yaml, which says which texts stand together."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ..enums import Audience, Picture
from .faults import TextFault

NAME = "collections.yaml"
_TEXTS = ("slug", "name", "name_en", "summary", "summary_en")


@dataclass(frozen=True, slots=True)
class Shelf:
    """One collection; `items` are slugs in order."""

    slug: str
    name: str
    name_en: str
    summary: str
    summary_en: str
    audience: str
    picture: str
    items: tuple[str, ...]


def read_collections(folder: Path, slugs: Collection[str]) -> list[Shelf]:
    """Read the collections of a folder of texts, none when it has no such file; `slugs` are the texts there are.

    Raises:
        TextFault: the file is not as agreed.
    """
    path = folder / NAME
    if not path.exists():
        return []
    whole = path.read_text(encoding="utf-8")
    try:
        rows = yaml.safe_load(whole)
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise TextFault(path, line, f"not readable: {fault.problem}") from fault
    lines = whole.split("\n")
    return [_shelf(path, row, lines, slugs) for row in rows]


def _shelf(path: Path, row: Any, lines: list[str], slugs: Collection[str]) -> Shelf:
    if not isinstance(row, dict) or row.keys() != {*_TEXTS, "audience", "picture", "items"}:
        raise TextFault(path, 1, f"a collection has the fields {', '.join((*_TEXTS, 'audience', 'picture', 'items'))}")
    line = next((number for number, text in enumerate(lines, 1) if text.strip() == f"- slug: {row['slug']}"), 1)
    if row["audience"] not in Audience.values or row["picture"] not in Picture.values:
        raise TextFault(path, line, f"{row['slug']}: the audience or the picture is unknown")
    missing = [slug for slug in row["items"] if slug not in slugs]
    if missing or len(set(row["items"])) != len(row["items"]):
        raise TextFault(path, line, f"{row['slug']}: not there, or named twice: {', '.join(missing or row['items'])}")
    texts = {name: str(row[name]) for name in _TEXTS}
    return Shelf(**texts, audience=row["audience"], picture=row["picture"], items=tuple(row["items"]))
