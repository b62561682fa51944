"""Tables that go out to spreadsheets and come in from them: no cell is a formula, and both ways of writing Chinese are read."""

import codecs
import csv
import io
from collections.abc import Iterable, Sequence

#: How a cell begins that a spreadsheet takes for a formula.
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def is_formula(cell: str) -> bool:
    """Return whether a spreadsheet would take a cell for a formula."""
    return cell.lstrip(" ").startswith(FORMULA_BEGINS) or cell.startswith(FORMULA_BEGINS)


def harmless(cell: object) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if is_formula(text) else text


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table with the mark that tells spreadsheets it is UTF-8, every cell harmless."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([harmless(cell) for cell in header])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def decoded(content: bytes) -> str | None:
    """Return the text of a file written as UTF-8 or, as spreadsheets in China save it, GB18030; None for anything else."""
    if b"\x00" in content or content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
