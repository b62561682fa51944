"""Tables out to spreadsheets and in from them. No cell that leaves or enters is a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext as _

from catalog.catalogue.models import Product

#: A spreadsheet takes a cell that begins so for a formula; full-width signs too, in some of them.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LARGEST_FILE, MOST_ROWS = 200_000, 500
MOST_YUAN = Decimal(100_000)


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would calculate this cell, however much space stands before it."""
    return cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA)


def harmless(cell: object) -> str:
    """Return a cell as text that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if is_formula(text) else text


def csv_download(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Return a table as a file to keep, with a mark that tells spreadsheets it is UTF-8."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    response.write("\ufeff")
    table = csv.writer(response)
    table.writerow(head)
    table.writerows([harmless(cell) for cell in row] for row in rows)
    return response


@dataclass
class PriceTable:
    """What a table of prices says: new prices by product, and what is wrong with it, line by line."""

    prices: dict[int, Decimal] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


def read_prices(file: UploadedFile, products: Iterable[Product]) -> PriceTable:
    """Read numbers of products and prices from a table as `csv_download` writes it; UTF-8 or the Chinese way, GB18030."""
    found = PriceTable()
    if file.size is None or file.size > LARGEST_FILE:
        found.errors.append(_("文件太大了，最多 200 KB。"))
        return found
    text = _text_of(file.read())
    if text is None:
        found.errors.append(_("看不懂这个文件。请用表格软件另存为 CSV（UTF-8）。"))
        return found
    known = {product.pk for product in products}
    for number, row in enumerate(csv.reader(io.StringIO(text)), start=1):
        if number > MOST_ROWS:
            found.errors.append(_("行数太多了，最多 {most} 行。").format(most=MOST_ROWS))
            break
        if number > 1 and any(cell.strip() for cell in row):
            _read_row(found, number, [cell.strip() for cell in row], known)
    return found


def _text_of(content: bytes) -> str | None:
    if b"\x00" in content:
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _read_row(found: PriceTable, number: int, row: list[str], known: set[int]) -> None:
    if len(row) < PRICE_COLUMN + 1 or any(is_formula(cell) for cell in row):
        found.errors.append(_("第 {number} 行：列数不对，或者有公式。").format(number=number))
        return
    if not row[0].isdecimal() or int(row[0]) not in known:
        found.errors.append(_("第 {number} 行：没有这项服务。").format(number=number))
        return
    try:
        price = Decimal(row[PRICE_COLUMN])
    except InvalidOperation:
        price = Decimal("NaN")
    if not price.is_finite() or not 0 <= price <= MOST_YUAN or price != round(price, 2):
        found.errors.append(_("第 {number} 行：价格要是 0 到 100000 元的数。").format(number=number))
        return
    found.prices[int(row[0])] = price


#: Where the price stands in the table of services.
PRICE_COLUMN = 4
