"""Cutting Chinese text into words.

jieba's dictionary takes about two seconds to load, so it is loaded by the first text that is cut, never at start-up.
"""

import logging
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"

_WORD = re.compile(r"\w", re.UNICODE)
#: Words that stand in almost every question and say nothing about what is looked for.
_SILENT = frozenset(
    "的 了 和 与 或 是 在 有 我 你 他 她 它 们 我们 孩子 小孩 怎么 怎么办 怎样 什么 如何 吗 呢 吧 啊 很 太 都 也 就 不 没 没有 总是 一直 想 要"
    " the a an of for to and or my is in".split()
)


def lines(name: str) -> list[str]:
    """Return the lines of a data file of this folder, comments and blank lines left out."""
    text = (DATA / name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def _tokenizer() -> Any:
    import jieba

    # It writes every step of its loading to stderr otherwise.
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    for word in lines("words.txt"):
        tokenizer.add_word(word, freq=20_000)
    for group in synonym_groups():
        for word in group:
            tokenizer.add_word(word, freq=20_000)
    return tokenizer


@lru_cache(maxsize=256)  # modelsearch asks for the same value once for each of its columns
def text_words(text: str) -> tuple[str, ...]:
    """Return the words of a text that is to be found: long words, and the short ones inside them."""
    return tuple(word for word in _tokenizer().cut_for_search(text.lower()) if _WORD.search(word))


@lru_cache(maxsize=2048)
def question_words(text: str) -> tuple[str, ...]:
    """Return the words of a question, each once, in order; silent ones only when there is nothing else."""
    words = dict.fromkeys(word for word in _tokenizer().cut(text.lower()) if _WORD.search(word))
    telling = tuple(word for word in words if word not in _SILENT)
    return telling or tuple(words)


@cache
def synonym_groups() -> tuple[frozenset[str], ...]:
    """Return sets of words that mean the same to a family looking for help."""
    return tuple(frozenset(line.lower().split()) for line in lines("synonyms.txt"))


@cache
def _synonyms() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in synonym_groups():
        for word in group:
            found.setdefault(word, set()).update(group - {word})
    return {word: frozenset(others) for word, others in found.items()}


def synonyms(word: str) -> Iterable[str]:
    """Return the other words for the same thing, in a steady order."""
    return sorted(_synonyms().get(word, ()))


def asks_for_help_now(text: str) -> bool:
    """Return whether a question holds a word after which the crisis numbers come first.

    A short list for the search box only; reading what people write in full is safeguarding's work.
    """
    squeezed = re.sub(r"\s+", "", text.lower())
    return any(word in squeezed for word in _help_words())


@cache
def _help_words() -> tuple[str, ...]:
    return tuple(re.sub(r"\s+", "", word.lower()) for word in lines("help_words.txt"))
