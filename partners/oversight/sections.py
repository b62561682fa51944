"""What a report is made of: tables of codes and numbers. The words stand in `wording`, so that a report reads in any language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from marketplace.core.suppression import Suppressed

#: A number, a word that needs no translation, or None for what is withheld.
Cell = int | float | str | None
#: The row of sums, in every table that has one.
ALL = "all"


@dataclass(frozen=True)
class Section:
    """One table; `rows` begin with their code, `columns` name the cells after it."""

    key: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    def content(self) -> dict[str, Any]:
        """Return it as it is written down and signed."""
        return {"key": self.key, "columns": list(self.columns), "rows": [list(row) for row in self.rows]}


@dataclass(frozen=True)
class Figures:
    """A report's tables, and facts that fit in none."""

    sections: Sequence[Section]
    facts: Mapping[str, Any] = field(default_factory=dict)

    def content(self) -> dict[str, Any]:
        """Return it as it is written down and signed."""
        return {"sections": [section.content() for section in self.sections], "facts": dict(self.facts)}


def section_of(key: str, safe: Suppressed) -> Section:
    """Return a table that may be shown, with its sums last."""
    rows: list[list[Cell]] = [[row, *cells, total] for row, cells, total in safe.lines()]
    if rows:
        rows.append([ALL, *(safe.column_totals[column] for column in safe.columns), safe.total])
    return Section(key, [*safe.columns, ALL], rows)


def read_section(content: Mapping[str, Any], key: str) -> Section | None:
    """Return a table of a report that was written down."""
    for each in content["sections"]:
        if each["key"] == key:
            return Section(each["key"], each["columns"], each["rows"])
    return None
