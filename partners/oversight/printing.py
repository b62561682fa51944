"""A report on paper: the same bytes whenever the same figures are printed."""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from .enums import ReportKind
from .spans import Span
from .wording import read_sections

FONT = "STSong-Light"
PINE, INK, MUTED, LINE = HexColor("#2B6A58"), HexColor("#1E2B2A"), HexColor("#5A6866"), HexColor("#D9E2DD")


@cache
def _styles() -> dict[str, ParagraphStyle]:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    base = ParagraphStyle("body", fontName=FONT, fontSize=9, leading=14, textColor=INK, wordWrap="CJK")
    return {
        "cell": base,
        "title": ParagraphStyle("title", parent=base, fontSize=20, leading=28, textColor=PINE),
        "h2": ParagraphStyle(
            "h2", parent=base, fontSize=12.5, leading=20, textColor=PINE, spaceBefore=10, keepWithNext=1
        ),
        "small": ParagraphStyle("small", parent=base, fontSize=8, leading=12, textColor=MUTED, spaceAfter=4),
    }


def report_pdf(kind: ReportKind, span: Span, content: dict[str, Any]) -> bytes:
    """Return a report as a PDF file without a date of making: made again, it is the same file."""
    out = BytesIO()
    title = str(kind.label)
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=18 * mm,
        rightMargin=18 * mm,
        topMargin=18 * mm,
        bottomMargin=18 * mm,
        title=title,
        author="心桥",
        invariant=1,
    )
    footer = f"{title} · {span.from_on.isoformat()} – {span.until_on.isoformat()}"

    def draw_footer(canvas: Canvas, doc: Any) -> None:
        canvas.saveState()
        canvas.setFont(FONT, 8)
        canvas.setFillColor(MUTED)
        canvas.drawString(18 * mm, 10 * mm, footer)
        canvas.drawRightString(A4[0] - 18 * mm, 10 * mm, str(doc.page))
        canvas.restoreState()

    document.build(list(_flow(title, span, content)), onFirstPage=draw_footer, onLaterPages=draw_footer)
    return out.getvalue()


def _flow(title: str, span: Span, content: dict[str, Any]) -> Iterator[Flowable]:
    yield _text(title, "title")
    yield _text(f"{span.from_on.isoformat()} – {span.until_on.isoformat()}", "small")
    yield _text(_("“—”是为了不让人认出谁而没有写出的数：少于 10 人，或者写出来就能推算出少于 10 人的数。"), "small")
    for section in read_sections(content):
        yield _text(section.title, "h2")
        if section.note:
            yield _text(section.note, "small")
        if section.rows:
            yield _table(section.heads, section.rows)
        else:
            yield _text(_("这段时间没有。"), "small")
        yield Spacer(1, 2 * mm)


def _table(heads: list[str], rows: list[list[str]]) -> Table:
    width = A4[0] - 36 * mm
    first = width * 0.3 if len(heads) < 7 else width * 0.2
    rest = (width - first) / max(len(heads) - 1, 1)
    cells = [[_text(cell, "cell") for cell in row] for row in (heads, *rows)]
    table = Table(cells, colWidths=[first, *([rest] * (len(heads) - 1))], repeatRows=1)
    table.setStyle(TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE), ("VALIGN", (0, 0), (-1, -1), "TOP")]))
    return table


def _text(words: object, style: str) -> Paragraph:
    return Paragraph(escape(str(words)), _styles()[style])
