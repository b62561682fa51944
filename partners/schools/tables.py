"""Reading a school's table: which columns it may have, what stands in them, and what is wrong line by line."""

import csv
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.spreadsheets import decoded, is_formula

from .enums import ListKind
from .errors import ColumnsMissing, FileTooLarge, NotATable, RowError, RowsWrong, TooMuchData

MOST_BYTES = 512 * 1024
MOST_ROWS = 2_000
MOST_CHARS = 30
MOST_ERRORS = 50
MOST_SEAT = 99
#: So many figures in one cell are somebody's number.
_LIKE_A_NUMBER = 6
Row = tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """One column: how it is headed, and whether it must be filled."""

    heading: str
    label: str | Promise
    is_needed: bool = False


@dataclass(frozen=True)
class Shape:
    """The columns of a list, how one row stands for itself, and two lines to copy."""

    columns: tuple[Column, ...]
    same: Callable[[Row], Row]
    examples: tuple[Row, ...]

    @property
    def headings(self) -> list[str]:
        """The head of the file."""
        return [column.heading for column in self.columns]


#: Headings stand in files, so they are not translated.
SHAPES: dict[str, Shape] = {
    ListKind.STAFF: Shape(
        (
            Column("姓名", gettext_lazy("姓名"), True),
            Column("岗位", gettext_lazy("岗位"), True),
            Column("年级", gettext_lazy("年级")),
            Column("班级", gettext_lazy("班级")),
        ),
        lambda row: row,
        (("示例老师", "班主任", "初一", "3班"), ("示例老师二", "心理老师", "", "")),
    ),
    ListKind.CLASSES: Shape(
        (
            Column("年级", gettext_lazy("年级"), True),
            Column("班级", gettext_lazy("班级"), True),
            Column("座号", gettext_lazy("座号"), True),
        ),
        lambda row: row,
        (("初一", "3班", "1"), ("初一", "3班", "2")),
    ),
}


def read_table(content: bytes, kind: str) -> list[Row]:
    """Return the rows of a file, in its order.

    Raises:
        FileTooLarge, NotATable: no table we could read.
        ColumnsMissing, TooMuchData: not the columns of this list; more than them is refused, not dropped, so that
            nobody gets used to sending us what we do not need.
        RowsWrong: lines that cannot be taken, each with what is wrong.
    """
    if len(content) > MOST_BYTES:
        raise FileTooLarge
    lines = _lines(content)
    shape, places = SHAPES[kind], _places(lines[0], SHAPES[kind])
    body = [(number, line) for number, line in enumerate(lines[1:], start=2) if any(cell.strip() for cell in line)]
    if len(body) > MOST_ROWS:
        raise FileTooLarge
    if not body:
        raise NotATable
    errors: list[RowError] = []
    seen: dict[Row, int] = {}
    rows = []
    for number, line in body:
        row = tuple(line[place].strip() if place is not None and place < len(line) else "" for place in places)
        errors += _wrong(number, line, row, shape, kind)
        if (first := seen.setdefault(shape.same(_normal(row)), number)) != number:
            errors.append(RowError(number, "", _("和第 %(line)s 行重复。") % {"line": first}))
        rows.append(_normal(row))
    if errors:
        raise RowsWrong(errors[:MOST_ERRORS])
    return rows


def _lines(content: bytes) -> list[list[str]]:
    text = decoded(content)
    if text is None or not text.strip():
        raise NotATable
    head = text.split("\n", 1)[0]
    delimiter = max((",", "\t", ";", "，"), key=head.count)
    try:
        lines = list(csv.reader(text.splitlines(), delimiter=delimiter, strict=True))
    except csv.Error:
        raise NotATable from None
    if not lines or len(lines) > MOST_ROWS * 2:
        raise FileTooLarge if lines else NotATable
    return lines


def _places(head: list[str], shape: Shape) -> list[int | None]:
    """Where each column stands in the file."""
    found = [cell.strip() for cell in head]
    if {cell for cell in found if cell} - set(shape.headings):
        raise TooMuchData
    places = [found.index(heading) if heading in found else None for heading in shape.headings]
    if any(place is None and column.is_needed for place, column in zip(places, shape.columns, strict=True)):
        raise ColumnsMissing
    return places


def _wrong(number: int, line: list[str], row: Row, shape: Shape, kind: str) -> list[RowError]:
    """What is wrong in one line."""
    if len(line) > len(shape.columns) and any(cell.strip() for cell in line[len(shape.columns) :]):
        return [RowError(number, "", _("这一行的格子比表头多。"))]
    errors = []
    for cell, column in zip(row, shape.columns, strict=True):
        if sentence := _wrong_cell(cell, column, kind):
            errors.append(RowError(number, str(column.label), sentence))
    return errors


def _wrong_cell(cell: str, column: Column, kind: str) -> str:
    """What is wrong with one cell; "" where nothing is."""
    if not cell:
        return _("这里要填。") if column.is_needed else ""
    is_seat = kind == ListKind.CLASSES and column.heading == "座号"
    checks = (
        (is_formula(cell), _("不能以 =、+、- 或 @ 开头：表格软件会把它当成公式。")),
        (len(cell) > MOST_CHARS, _("太长了，最多 30 个字。")),
        (not cell.isprintable(), _("里面有看不见的字符。")),
        (is_seat and not _is_seat(cell), _("座号是 1 到 99 的数字；不收学号、姓名。")),
        (sum(sign.isdigit() for sign in cell) >= _LIKE_A_NUMBER, _("像是号码。名单里不收电话、学号和证件号。")),
    )
    return next((sentence for is_wrong, sentence in checks if is_wrong), "")


def _is_seat(cell: str) -> bool:
    return cell.isascii() and cell.isdigit() and 1 <= int(cell) <= MOST_SEAT


def _normal(row: Row) -> Row:
    """As it is kept: 03 is the same seat as 3."""
    return tuple(str(int(cell)) if cell.isascii() and cell.isdigit() and len(cell) < 4 else cell for cell in row)
