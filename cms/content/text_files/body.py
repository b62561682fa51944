"""The body of a text file: simple Markdown between blocks that begin with `:::name title` and end with `:::`.

The result is what Wagtail keeps of a StreamField: a list of {"type", "value", "id"}.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from markdown_it import MarkdownIt

Raw = dict[str, Any]

#: Mark in the files -> block.
NOTES = {
    "tip": "tip",
    "try": "exercise",
    "ask": "ask",
    "help": "help",
    "prework": "pre_work",
    "activity": "class_activity",
}
#: Fields that hold a list of equal rows, kept as blocks of type "item".
_LISTS = {"lines", "options"}
_LESSON = re.compile(r"^#\s+(?:第\s*\d+\s*课|Lesson\s+\d+)[:：.]?\s*(?P<title>\S.*)$")
_MARK = re.compile(r"^:::\s*(?P<name>[a-z]+)\s*(?P<title>.*)$")
_OPTION = re.compile(r"^-\s*\[(?P<right>[ xX])\]\s*(?P<text>\S.*)$")
_WHY = re.compile(r"^(?:说明|Why)[:：]\s*(?P<why>\S.*)$")
_SPOKEN = re.compile(r"^(?P<who>[^：:（(]{1,12})[：:]\s*(?P<says>\S.*)$")


class BodyFault(Exception):
    """Something in the body is wrong; `line` counts from 1 within the body."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line, self.sentence = line, sentence


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable(["image", "link", "code", "fence"])


def rich_text(source: str) -> str:
    """Return Markdown as the HTML Wagtail's editor knows."""
    html = _markdown().render(source)
    for found, written in (("strong>", "b>"), ("em>", "i>")):
        html = html.replace(found, written)
    html = re.sub(r"<blockquote>\s*<p>", "<blockquote>", html)
    html = re.sub(r"</p>\s*</blockquote>", "</blockquote>", html)
    return re.sub(r">\s*\n\s*<", "><", html).replace("\n", "").strip()


def read_body(source: str, *, slug: str, has_lessons: bool) -> list[Raw]:
    """Read a body.

    Raises:
        BodyFault: a block is unknown, not closed or not as agreed; a course without lessons, or lessons elsewhere;
            the text does not end with help.
    """
    blocks = list(_numbered(_lessons(_parts(source)) if has_lessons else _plain(_parts(source)), slug))
    last_line = source.count("\n") + 1
    if not blocks or blocks[-1]["type"] != "help":
        raise BodyFault(last_line, "the text does not end with :::help")
    if has_lessons and not any(block["type"] == "lesson" for block in blocks):
        raise BodyFault(1, "a course has lessons: # 第1课 标题")
    return blocks


#: A part: where it begins, its type, its value.
_Part = tuple[int, str, Any]


def _parts(source: str) -> Iterator[_Part]:
    """Yield the parts in order; a lesson's beginning is a part of type "lesson" with the title as its value."""
    lines = source.split("\n")
    number, text_from, text = 0, 0, list[str]()
    while number < len(lines):
        line = lines[number]
        lesson = _LESSON.match(line)
        if not line.startswith(":::") and not lesson:
            _refuse_heading(line, number + 1)
            text_from = text_from if text else number + 1
            text.append(line)
            number += 1
            continue
        yield from _text_part(text, text_from)
        text = []
        if lesson:
            yield number + 1, "lesson", lesson["title"].strip()
            number += 1
        else:
            end = _end_of_block(lines, number)
            yield _block(lines, number, end)
            number = end + 1
    yield from _text_part(text, text_from)


def _refuse_heading(line: str, number: int) -> None:
    if re.match(r"^#\s", line):
        raise BodyFault(number, "a heading begins with ##; only a course's lessons begin with # 第1课")


def _text_part(text: list[str], begins: int) -> Iterator[_Part]:
    if source := "\n".join(text).strip():
        yield begins, "text", rich_text(source)


def _end_of_block(lines: list[str], begin: int) -> int:
    for number in range(begin + 1, len(lines)):
        if lines[number].strip() == ":::":
            return number
        if lines[number].startswith(":::"):
            break
    raise BodyFault(begin + 1, f"{lines[begin].strip()} is never closed with :::")


def _block(lines: list[str], begin: int, end: int) -> _Part:
    mark = _MARK.match(lines[begin])
    if mark is None:
        raise BodyFault(begin + 1, "a ::: that closes nothing")
    name, title = mark["name"], mark["title"].strip()
    inner = [(number + 1, lines[number].strip()) for number in range(begin + 1, end) if lines[number].strip()]
    if not inner:
        raise BodyFault(begin + 1, f":::{name} is empty")
    if name in NOTES:
        source = "\n".join(lines[begin + 1 : end])
        return begin + 1, NOTES[name], {"title": title, "body": rich_text(source)}
    read = _SPECIAL.get(name)
    if read is None:
        raise BodyFault(begin + 1, f":::{name} is not a block; there are {', '.join((*NOTES, *_SPECIAL))}")
    return begin + 1, name, read(begin + 1, title, inner)


def _talk(begin: int, title: str, inner: list[tuple[int, str]]) -> Raw:
    spoken = []
    for _, line in inner:
        said = _SPOKEN.match(line)
        spoken.append({"who": said["who"].strip(), "says": said["says"]} if said else {"who": "", "says": line})
    return {"title": title, "lines": spoken}


def _check(begin: int, title: str, inner: list[tuple[int, str]]) -> Raw:
    options, why = [], ""
    for number, line in inner:
        if option := _OPTION.match(line):
            options.append({"text": option["text"], "is_right": option["right"] != " "})
        elif said := _WHY.match(line):
            why = said["why"]
        else:
            raise BodyFault(number, "in :::check stand options (- [ ] or - [x]) and 说明：")
    if not title:
        raise BodyFault(begin, ":::check has no question")
    if not 2 <= len(options) <= 5 or sum(bool(each["is_right"]) for each in options) != 1:
        raise BodyFault(begin, ":::check has two to five options, and one of them fits ([x])")
    return {"question": title, "options": options, "why": why}


_SPECIAL: dict[str, Callable[[int, str, list[tuple[int, str]]], Raw]] = {"talk": _talk, "check": _check}


def _plain(parts: Iterator[_Part]) -> Iterator[Raw]:
    for line, name, value in parts:
        if name == "lesson":
            raise BodyFault(line, "only a course has lessons")
        yield {"type": name, "value": value}


def _lessons(parts: Iterator[_Part]) -> Iterator[Raw]:
    """Gather parts under their lessons; the help at the very end belongs to the course."""
    lesson: Raw | None = None
    waiting = list(parts)
    closing = waiting.pop() if waiting and waiting[-1][1] == "help" else None
    for line, name, value in waiting:
        if name == "lesson":
            if lesson is not None:
                yield _whole(line, lesson)
            lesson = {"type": "lesson", "value": {"title": value, "parts": []}}
        elif lesson is None:
            yield {"type": name, "value": value}
        else:
            lesson["value"]["parts"].append({"type": name, "value": value})
    if lesson is not None:
        yield _whole(waiting[-1][0], lesson)
    if closing is not None:
        yield {"type": "help", "value": closing[2]}


def _whole(line: int, lesson: Raw) -> Raw:
    if not lesson["value"]["parts"]:
        raise BodyFault(line, f"the lesson {lesson['value']['title']!r} is empty")
    return lesson


def _numbered(blocks: Iterator[Raw], name: str) -> Iterator[Raw]:
    """Give every block an id that is the same whenever the file is read."""
    for number, block in enumerate(blocks, start=1):
        key = f"{name}/{number}"
        value = block["value"]
        for rows in _LISTS & (value.keys() if isinstance(value, dict) else set()):
            value[rows] = list(_numbered(({"type": "item", "value": row} for row in value[rows]), f"{key}/{rows}"))
        if block["type"] == "lesson":
            value["parts"] = list(_numbered(iter(value["parts"]), key))
        yield {**block, "id": str(uuid5(NAMESPACE_URL, f"xinqiao:library/{key}"))}
