"""Numbers about effects on a page, and whether each of them says where it comes from.

A number that stands inside an element with `data-claim="<key>"` is claimed; `data-figure="<what>"` says that it is none of
an effect (a fee, a vote, a count of our own), and so do words about money in the same sentence.
"""

import re
from html.parser import HTMLParser

from .register import BY_KEY

_EFFECTS = re.compile(
    r"""
      \d+(?:\.\d+)?\s*[%％]
    | 百分之[\d一二两三四五六七八九十百零点]+
    | (?:\d+(?:\.\d+)?|[一二两三四五六七八九十几]+)\s*倍
    | 翻(?:了)?(?:一)?[倍番]
    | 每\s*(?:\d+|[一二三四五六七八九十百千万]+)\s*(?:个|名|位)?[^\s，、：]{0,6}?(?:中|里面?|当中)?就?有\s*(?:\d|[一二两三四五六七八九十]+\s*(?:个|名|位|人))
    | (?:\d+|[一二两三四五六七八九十百千万]+)\s*(?:个|名|位)?人(?:中|里面?|当中)(?:就)?有
    | (?<![每点])[一二三四五六七八九]成(?=[的以多学孩青人，。；]|$)
    | \b[nN]\s*[=＝]\s*\d
    | \b(?:AUC|SMD|NNT|OR|RR|HR)\s*(?:[=<＝为是]\s*)?\d
    | \b[dgrp]\s*[=<＝]\s*-?0?\.\d
    | 效应量\S{0,2}\s*\d
    | \b1\s*[:：]\s*\d{3,}
    | \b\d+\s+(?:in|out\s+of)\s+\d+\b
    | \b\d+(?:\.\d+)?\s*(?:per\s?cent\b|percent\b|-?fold\b|times\s+(?:more|less|higher|lower|as))
    """,
    re.VERBOSE,
)
_MONEY = re.compile(
    r"取消\S{0,3}退\s*\d|服务费|手续费|平台费|佣金|优惠|代金券|打[\d.一二三四五六七八九]+折|退款|退还|退回|全额|税率|增值税|\bfee|\brefund|\bdiscount|\bvoucher",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[。；;！!？?\n]+")
_SILENT = {"script", "style", "template", "svg"}
_VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
}  # fmt: skip
_BLOCKS = {
    "p",
    "li",
    "td",
    "th",
    "dd",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "div",
    "section",
    "article",
    "option",
    "label",
    "tr",
}
_READ_ATTRIBUTES = ("alt", "title", "aria-label", "placeholder")


class _Reader(HTMLParser):
    """Collects what is read or heard outside marks; one line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.unknown: list[str] = []
        self._open: list[tuple[str, bool]] = []

    @property
    def _is_covered(self) -> bool:
        return any(covers for _tag, covers in self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        key = values.get("data-claim")
        if key is not None and key not in BY_KEY:
            self.unknown.append(key)
        covers = key in BY_KEY or bool(values.get("data-figure")) or tag in _SILENT
        if tag in _BLOCKS:
            self.lines.append("")
        if not (covers or self._is_covered):
            is_told = tag == "meta" and values.get("name", values.get("property", "")).endswith("description")
            heard = [values.get(name, "") for name in _READ_ATTRIBUTES] + (
                [values.get("content", "")] if is_told else []
            )
            self.lines += [text for text in heard if text]
            if any(heard):
                self.lines.append("")
        if tag not in _VOID:
            self._open.append((tag, covers))

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                del self._open[place:]
                break
        if tag in _BLOCKS:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if not self._is_covered:
            self.lines[-1] += data


def unclaimed_numbers(html: str) -> list[str]:
    """Return the sentences of a page that hold a number about an effect without a mark, and marks nobody knows."""
    reader = _Reader()
    reader.feed(html)
    sentences = [sentence for line in reader.lines for sentence in _SENTENCE.split(line)]
    numbers = [" ".join(each.split())[:160] for each in sentences if _EFFECTS.search(each) and not _MONEY.search(each)]
    return [f"data-claim={key}" for key in reader.unknown] + numbers


def claims_on(html: str) -> set[str]:
    """Return the keys of the claims a page shows."""
    return set(re.findall(r'data-claim="([\w-]+)"', html)) & BY_KEY.keys()
