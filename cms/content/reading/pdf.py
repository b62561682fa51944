"""Items and certificates as PDF, set in a typeface every reader of PDF has for Chinese: no font file travels along."""

from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, ListFlowable, ListItem, Paragraph, SimpleDocTemplate, Spacer

from ..models import CourseCertificate, Item
from .parts import Part, closing_help, shown_parts

FONT = "STSong-Light"
PINE, INK, MUTED, APRICOT = HexColor("#2B6A58"), HexColor("#1E2B2A"), HexColor("#5A6866"), HexColor("#96470F")
SOFT = HexColor("#E3F0EA")


@cache
def _font() -> str:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    pdfmetrics.registerFontFamily(FONT, normal=FONT, bold=FONT, italic=FONT, boldItalic=FONT)
    return FONT


@cache
def _styles() -> dict[str, ParagraphStyle]:
    base = ParagraphStyle(
        "body", fontName=_font(), fontSize=11, leading=19, textColor=INK, wordWrap="CJK", spaceAfter=6
    )

    def style(name: str, **changes: Any) -> ParagraphStyle:
        return ParagraphStyle(name, parent=base, **changes)

    return {
        "p": base,
        "li": style("li", spaceAfter=2),
        "title": style("title", fontSize=22, leading=30, textColor=PINE, spaceAfter=4),
        "summary": style("summary", fontSize=12, textColor=MUTED, spaceAfter=12),
        "h2": style("h2", fontSize=15, leading=22, textColor=PINE, spaceBefore=12, keepWithNext=1),
        "h3": style("h3", fontSize=12.5, textColor=PINE, spaceBefore=8, keepWithNext=1),
        "blockquote": style("quote", leftIndent=12, textColor=MUTED),
        "note_title": style("note_title", fontSize=12, textColor=APRICOT, spaceBefore=10, keepWithNext=1),
        "small": style("small", fontSize=8.5, leading=13, textColor=MUTED, spaceAfter=2),
    }


class _RichText(HTMLParser):
    """Turns the HTML of Wagtail's rich text into paragraphs and lists."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.flow: list[Flowable] = []
        self._text = ""
        self._lists: list[tuple[str, list[ListItem]]] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in ("ul", "ol"):
            self._lists.append((tag, []))
        elif tag in ("b", "strong"):
            self._text += f'<font color="{PINE.hexval().replace("0x", "#")}">'
        elif tag == "br":
            self._text += "<br/>"
        elif tag in ("p", "li", "h2", "h3", "blockquote"):
            self._text = self._text if tag == "p" and self._lists else ""

    def handle_endtag(self, tag: str) -> None:
        if tag in ("b", "strong"):
            self._text += "</font>"
        elif tag == "li" and self._lists:
            self._lists[-1][1].append(ListItem(Paragraph(self._text, _styles()["li"])))
            self._text = ""
        elif tag in ("ul", "ol") and self._lists:
            kind, rows = self._lists.pop()
            numbered: dict[str, Any] = {"bulletType": "1"} if kind == "ol" else {"bulletType": "bullet", "start": "•"}
            self.flow.append(ListFlowable(rows, bulletFontName=_font(), bulletColor=PINE, leftIndent=16, **numbered))
        elif tag in ("p", "h2", "h3", "blockquote") and self._text.strip() and not self._lists:
            self.flow.append(Paragraph(self._text, _styles()[tag]))
            self._text = ""

    def handle_data(self, data: str) -> None:
        self._text += escape(data)


def _rich(value: Any) -> list[Flowable]:
    parser = _RichText()
    parser.feed(value.source)
    return parser.flow


def _text(words: Any, style: str = "p") -> Paragraph:
    return Paragraph(escape(str(words)), _styles()[style])


_TITLES = {
    "tip": lambda: _("小提示"),
    "exercise": lambda: _("试一试"),
    "ask": lambda: _("想一想"),
    "talk": lambda: _("可以这样说"),
    "help": lambda: _("什么时候找人帮忙"),
    "pre_work": lambda: _("课前"),
    "class_activity": lambda: _("课堂活动"),
    "check": lambda: _("小问题"),
}


def _part(part: Part) -> Iterator[Flowable]:
    if part.name == "text":
        yield from _rich(part.value)
    elif part.name == "talk":
        yield _text(part.value["title"] or _TITLES["talk"](), "note_title")
        for line in part.value["lines"]:
            yield _text(f"{line['who']}：{line['says']}" if line["who"] else line["says"])
    elif part.question is not None:
        yield _text(f"{_TITLES['check']()}　{part.question.question}", "note_title")
        for option in part.question.options:
            yield _text(f"{'●' if option.is_right else '○'} {option.text}")
        if part.question.why:
            yield _text(part.question.why, "small")
    elif part.name in _TITLES:
        yield from _note(part.name, part.value)
    elif part.name in ("audio", "video"):
        yield _text(part.value["title"], "h3")
        yield from _rich(part.value["transcript"])
    elif part.name == "picture":
        yield _text(part.value["description"], "small")


def _note(name: str, value: Any) -> list[Flowable]:
    title = _text(value["title"] or _TITLES[name](), "note_title")
    return [KeepTogether([title, *_rich(value["body"])])]


def item_pdf(item: Item) -> bytes:
    """Return an item as a PDF file: everything on its page, with version, reviewer, sources and licence at the end."""
    flow: list[Flowable] = [_text(item.title, "title"), _text(item.summary, "summary")]
    for number, lesson in enumerate(item.lessons, start=1):
        flow.append(_text(_("第 %(number)s 课　%(title)s") % {"number": number, "title": lesson["title"]}, "h2"))
        for part in shown_parts(lesson["parts"], {}, for_class=True):
            flow.extend(_part(part))
    for part in shown_parts(item.body, {}, for_class=True):
        flow.extend(_part(part))
    closing = closing_help(item.body)
    if closing is not None:
        flow.extend(_note("help", closing))
    flow.append(_text(_("现在就需要帮助：心理援助热线 12356，急救 120，报警 110。")))
    flow += [Spacer(1, 8 * mm), *(_text(line, "small") for line in colophon(item))]
    out = BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=24 * mm,
        rightMargin=24 * mm,
        topMargin=22 * mm,
        bottomMargin=20 * mm,
        title=item.title,
        author=item.author_name,
    )
    footer = _("心桥知识库 · %(title)s · 第 %(version)s 版") % {"title": item.title, "version": item.version}

    def draw_footer(canvas: Canvas, doc: Any) -> None:
        canvas.saveState()
        canvas.setFont(_font(), 8.5)
        canvas.setFillColor(MUTED)
        canvas.drawString(24 * mm, 11 * mm, footer)
        canvas.drawRightString(A4[0] - 24 * mm, 11 * mm, str(doc.page))
        canvas.restoreState()

    document.build(flow, onFirstPage=draw_footer, onLaterPages=draw_footer)
    return out.getvalue()


def colophon(item: Item) -> Iterator[str]:
    """Yield what has to stay with an item wherever it goes: who wrote and reviewed it, sources, licence, version."""
    yield _("作者：%(name)s") % {"name": item.author_name}
    if item.machine_written:
        yield _("这篇文字由机器写成。")
    if item.is_reviewed and item.reviewed_on:
        day = date_format(item.reviewed_on, "Y-m-d")
        yield _("专业审核：%(name)s，%(day)s") % {"name": item.reviewer, "day": day}
    else:
        yield _("还没有经过专业人员审核。")
    for source in item.sources:
        year = f"，{source.value['year']}" if source.value.get("year") else ""
        yield _("来源：%(title)s，%(publisher)s%(year)s") % {
            "title": source.value["title"],
            "publisher": source.value["publisher"],
            "year": year,
        }
    yield _("许可：%(licence)s") % {"licence": item.get_licence_display()}
    yield _("第 %(version)s 版") % {"version": item.version}


def certificate_pdf(certificate: CourseCertificate) -> bytes:
    """Return a certificate on one page, lying."""
    out = BytesIO()
    width, height = landscape(A4)
    canvas = Canvas(out, pagesize=(width, height))
    canvas.setTitle(certificate.number)
    canvas.setFillColor(HexColor("#FBF9F4"))
    canvas.rect(0, 0, width, height, stroke=0, fill=1)
    canvas.setStrokeColor(PINE)
    canvas.setLineWidth(1.6)
    canvas.roundRect(14 * mm, 14 * mm, width - 28 * mm, height - 28 * mm, 8 * mm)
    _bridge(canvas, width / 2, height - 50 * mm)
    for words, size, y, colour in _certificate_lines(certificate):
        canvas.setFillColor(colour)
        style = ParagraphStyle(
            "line", fontName=_font(), fontSize=size, leading=size * 1.4, textColor=colour, alignment=TA_CENTER
        )
        line = Paragraph(escape(words), style)
        line.wrap(width - 60 * mm, 40 * mm)
        line.drawOn(canvas, 30 * mm, y * mm)
    canvas.save()
    return out.getvalue()


def _certificate_lines(certificate: CourseCertificate) -> Iterator[tuple[str, float, float, Any]]:
    day = localtime(certificate.issued_at)
    yield _("学习证书"), 30, 138, PINE
    yield certificate.holder_name, 26, 112, INK
    yield _("学完了心桥知识库的课程"), 13, 98, MUTED
    yield certificate.course_title, 18, 82, INK
    yield (
        _("共 %(lessons)s 课，约 %(minutes)s 分钟，第 %(version)s 版")
        % {"lessons": certificate.lessons, "minutes": certificate.minutes, "version": certificate.course_version},
        12,
        70,
        MUTED,
    )
    yield f"{day:%Y-%m-%d}　{certificate.number}", 12, 44, MUTED
    yield _("这张证书说明学完了课程，不是任何从业资格。"), 10, 30, MUTED


def _bridge(canvas: Canvas, x: float, y: float) -> None:
    """Draw our mark: an arch over a deck."""
    canvas.saveState()
    canvas.setLineCap(1)
    canvas.setLineWidth(2.4)
    canvas.setStrokeColor(PINE)
    canvas.bezier(x - 34, y - 10, x - 14, y + 24, x + 14, y + 24, x + 34, y - 10)
    canvas.setStrokeColor(HexColor("#D9773F"))
    canvas.line(x - 40, y - 12, x + 40, y - 12)
    for step in (-18, 0, 18):
        canvas.line(x + step, y - 12, x + step, y + (14 if step == 0 else 6))
    canvas.restoreState()
