"""Reading a text as it was meant: one script, one kind of quotation mark, no hidden characters, disguises folded."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

from .folds import FOLDS, PICTURES
from .sounds import written_out

#: Longer texts are judged by overlapping windows of this many characters.
WINDOW = 600

_CJK = r"\u3400-\u9fff"
_HIDDEN = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_QUOTES = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "「": '"', "」": '"', "『": '"', "』": '"', "‘": "'", "’": "'", "‛": "'", "＂": '"'}
)
#: One character, something that is no word, one character: written apart so that a filter does not see the word.
_APART = re.compile(
    rf"(?<=[{_CJK}])[ \t._·\-*~|/\\,，。…+=#^]{{1,3}}(?=[{_CJK}](?:[ \t._·\-*~|/\\,，。…+=#^]{{1,3}}[{_CJK}]|[^{_CJK}]|$|[了掉啊呀吧的]))"
)
_SPACES = re.compile(r"\s+")
_NO_WORD = re.compile(rf"[^{_CJK}a-z0-9]+")
_LAUGH = re.compile(r"(?:哈|呵|嘿|h){3,}")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text three ways.

    plain: one script, lower case, disguises folded, punctuation kept (it parts sentences and marks quotations).
    compact: the same without anything that is no letter, digit or Chinese character.
    disguised: whether a disguise was found; a plain word in disguise is meant.
    """

    plain: str
    compact: str
    disguised: bool


def fold(text: str) -> Folded:
    """Return the text as it was meant. Any text will do, also an empty one; only its first WINDOW characters count."""
    clean = _clean(text[:WINDOW])
    joined = _joined(clean)
    plain = joined
    for pattern, word in FOLDS:
        plain = pattern.sub(word, plain)
    plain = written_out(plain)
    return Folded(plain=plain, compact=_NO_WORD.sub("", plain), disguised=plain != joined)


def windows(text: str) -> list[str]:
    """Part a long text into overlapping windows, so that nothing hides behind length."""
    if len(text) <= WINDOW:
        return [text]
    step = WINDOW * 3 // 4
    return [text[start : start + WINDOW] for start in range(0, len(text) - WINDOW // 4, step)]


def _clean(text: str) -> str:
    text = _HIDDEN.sub("", text)
    text = "".join(PICTURES.get(letter, letter) for letter in text)
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES).lower()
    return _LAUGH.sub("哈哈", _SPACES.sub(" ", _simplified().convert(text))).strip()


def _joined(text: str) -> str:
    """Bring characters together that were written apart: 自 杀, 不.想.活."""
    return _APART.sub("", text)


@cache
def _simplified() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
