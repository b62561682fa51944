"""The paper on a parcel: where it goes, and nothing of what is in it or who sends it."""

from functools import cache
from io import BytesIO
from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from .models import Shipment

_FONT = "STSong-Light"
SIZE = (100 * mm, 150 * mm)
#: What every parcel says is inside; the same for a book, a toy and a card.
CONTENTS = "日用品"
#: Characters of an address that fit a line.
_PER_LINE = 18


@cache
def _font() -> str:
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    return _FONT


def label_of(shipment: Shipment) -> bytes:
    """Return the label as a PDF of 100 × 150 mm. Chinese whatever the reader's language: couriers read it."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=SIZE, pageCompression=1)
    canvas.setTitle(CONTENTS)
    canvas.setAuthor("")
    _draw(canvas, _lines_of(shipment))
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _lines_of(shipment: Shipment) -> list[tuple[int, str]]:
    """What stands on it, line by line, each with its size."""
    to: Any = shipment.order.shipping_address
    number = f"{shipment.carrier} {shipment.tracking_number}".strip()
    lines = [(11, number)] if number else []
    lines += [(9, "收件"), (16, to.name)]
    if to.phone_number:
        lines.append((14, str(to.phone_number.as_national)))
    address = f"{to.state}{to.line4}{to.line1}{to.line2}{to.line3}"
    lines += [(13, address[start : start + _PER_LINE]) for start in range(0, len(address), _PER_LINE)]
    return [*lines, (9, "物品"), (13, CONTENTS), (9, "单号"), (11, shipment.order.number)]


def _draw(canvas: Canvas, lines: list[tuple[int, str]]) -> None:
    left, top = 8 * mm, SIZE[1] - 14 * mm
    for size, text in lines:
        canvas.setFont(_font(), size)
        canvas.drawString(left, top, text)
        top -= size * 1.7
