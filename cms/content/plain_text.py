"""An item's words without marks: what search reads, and how long reading takes."""

import re
from collections.abc import Collection, Iterable, Iterator
from math import ceil
from typing import Any

from django.utils.html import strip_tags

#: What only a teacher's page shows of a course, and nobody reads who takes it.
FOR_CLASS = ("pre_work", "class_activity")
#: Characters a young reader takes a minute for, reading calmly; a Latin word counts as two characters.
CHARACTERS_A_MINUTE = 300

_LATIN_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_HAN = re.compile(r"[㐀-鿿]")


def plain_text_of(body: Any, *, but: Collection[str] = ()) -> str:
    """Return the words of a body, one part on a line, blocks of the types in `but` left out."""
    return "\n".join(line for line in _lines(body, but) if line)


def _lines(body: Any, but: Collection[str]) -> Iterator[str]:
    for block in body:
        if block.block_type not in but:
            yield from _words_of(block.value, but)


def _words_of(value: Any, but: Collection[str]) -> Iterator[str]:
    """Return the words in a block's value, whatever it is made of."""
    if isinstance(value, str):
        yield value
    elif hasattr(value, "source"):  # rich text
        yield re.sub(r"\s+", " ", strip_tags(re.sub(r"</(p|li|h\d|blockquote)>", " ", value.source))).strip()
    elif isinstance(value, dict):
        for each in value.values():
            yield from _words_of(each, but)
    elif hasattr(value, "raw_data"):  # a stream
        yield from _lines(value, but)
    elif isinstance(value, Iterable):
        for each in value:
            yield from _words_of(each, but)


def reading_minutes_of(text: str) -> int:
    """Return how many minutes a calm reader needs, at least one."""
    characters = len(_HAN.findall(text)) + 2 * len(_LATIN_WORD.findall(text))
    return max(1, ceil(characters / CHARACTERS_A_MINUTE))
