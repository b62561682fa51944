"""The record of looks to take along: JSON for machines, CSV for a spreadsheet; the same words as on the page."""

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from marketplace.core.audit.models import AuditEvent
from marketplace.core.formatting import in_shanghai

from .wording import line_of

#: A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_json(looks: Iterable[AuditEvent]) -> Iterator[str]:
    """Yield a JSON list, one object a line."""
    yield "["
    for number, look in enumerate(looks):
        yield (",\n" if number else "\n") + json.dumps(_row(look), ensure_ascii=False)
    yield "\n]\n"


def as_csv(looks: Iterable[AuditEvent]) -> Iterator[str]:
    """Yield a table with headings in the reader's language, marked as UTF-8 for spreadsheets."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(_headings().values())
    for look in looks:
        yield writer.writerow([_plain(value) for value in _row(look).values()])


class _Echo:
    """A file that hands back what is written."""

    def write(self, text: str) -> str:
        return text


def _headings() -> dict[str, str]:
    return {
        "time": _("时间"),
        "who": _("谁"),
        "action": _("做了什么"),
        "what": _("什么信息"),
        "purpose": _("为了什么"),
        "result": _("结果"),
        "reason": _("依据"),
        "id": _("记录编号"),
    }


def _row(look: AuditEvent) -> dict[str, Any]:
    line = line_of(look, ())
    values = (
        in_shanghai(look.recorded_at).isoformat(timespec="seconds"),
        line.who,
        line.did,
        line.what,
        line.why,
        look.get_outcome_display(),
        line.because,
        str(look.public_id),
    )
    return dict(zip(_headings(), values, strict=True))


def _plain(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value
