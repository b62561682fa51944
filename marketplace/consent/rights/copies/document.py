"""The page of a copy: one file that opens without a network, runs no script, loads nothing, and prints."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from marketplace.core.formatting import in_shanghai

from ..enums import Scope
from ..registry import Section

STYLE = "data_rights/copy.css"
#: From this many values on, rows are written as label and value instead of a table nobody can print.
_WIDE = 7


def page_of(sections: Sequence[Section], *, scope: Scope, made_at: datetime) -> str:
    """Return the page as HTML; sections without rows are named in one line at the end."""
    context = {
        "style": _style(),
        "made_at": made_at,
        "only_bookings": scope == Scope.BOOKINGS_AND_BILLS,
        "sections": [_shown(section) for section in sections if section.rows],
        "empty": [str(section.title) for section in sections if not section.rows],
    }
    return render_to_string("data_rights/copy.html", context)


def _style() -> SafeString:
    """Our style sheet, written into the file: it lies on somebody's disk, where no policy of ours reaches."""
    path = finders.find(STYLE) or staticfiles_storage.path(STYLE)
    with open(path, encoding="utf-8") as file:
        return mark_safe(f"<style>{file.read()}</style>")  # noqa: S308 - our own file


def _shown(section: Section) -> dict[str, Any]:
    labels = [str(label) for label in section.columns.values()]
    rows = [[_text(row.get(key)) for key in section.columns] for row in section.rows]
    return {
        "key": section.key,
        "title": section.title,
        "note": section.note,
        "labels": labels,
        "rows": rows,
        "pairs": [list(zip(labels, row, strict=True)) for row in rows],
        "as_table": len(rows) > 1 and len(labels) < _WIDE,
    }


def _text(value: Any) -> str:
    """A value as people read it."""
    if value in (None, "", []):
        return "—"
    if isinstance(value, dict):
        return " ".join(_text(each) for each in value.values() if each not in (None, ""))
    if isinstance(value, list | tuple):
        return _("；").join(map(_text, value))
    return _one_text(value)


def _one_text(value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, datetime):
        return f"{in_shanghai(value):%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date | time) else str(value)
