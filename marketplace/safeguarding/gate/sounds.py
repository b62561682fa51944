"""Words hidden behind their sound: 紫砂, zi sha, 自sha and 子4 are heard, and written out plainly where they can mean nothing else.

A text is heard syllable by syllable: a Chinese character has its toneless sound, a run of letters is parted into
syllables where it is made of them, and 4 sounds like 死.
"""

import re
from functools import cache, lru_cache

_Words = dict[tuple[str, ...], tuple[str, frozenset[str]]]

_CUT = re.compile(r"[a-z]+|[^a-z]")
_ONSETS = "b p m f d t n l g k h j q x zh ch sh r z c s y w".split()
_RIMES = "a o e ai ei ao ou an en ang eng ong er i ia ie iao iu ian in iang ing iong u ua uo uai ui uan un uang ue v ve".split()
_SYLLABLES = {onset + rime for onset in _ONSETS for rime in _RIMES} | {
    "a",
    "ai",
    "an",
    "ang",
    "ao",
    "e",
    "en",
    "er",
    "o",
    "ou",
}
#: Plain words by their sound. Of each, words that sound the same and mean something else.
_HEARD = {
    "自杀": "紫砂 自沙 子沙 字纱 自傻", "自残": "自惭 字残", "割腕": "个碗 各碗 个万 各晚 隔晚 哥晚 个晚 搁碗 歌晚 个弯", "跳楼": "",
    "跳河": "调和 条河", "上吊": "上调 商调 上掉 赏雕", "遗书": "艺术 一束 一书 医术 已输 一树 以数 一数 意书 一输 移书 一叔 姨叔 一熟",
    "霸凌": "八零 八岭", "欺凌": "七零 齐齡", "裸照": "", "裸聊": "罗聊", "强奸": "强健 强见 抢件 墙间 抢见", "猥亵": "威胁 未写 为写 微写 味些 位写 尾巴 喂蟹",
    "性侵": "姓秦 性亲 行亲 姓亲 醒亲", "催吐": "", "泻药": "写要 些药 鞋要 写药 谢药 携药", "家暴": "加薄 夹包 加包 家包 家宝 加宝 嘉宝", "烧炭": "少谈 少叹 少碳",
    "勒索": "",  "轻生": "轻声 亲生 青生", "不想活": "", "想自杀": "", "活不下去": "", "安眠药": "", "想去死": "", "去死": "其四 取四 其思 区四 去私 曲思 其次",
}  # fmt: skip


@lru_cache(maxsize=20_000)
def sound_of(letter: str) -> str:
    """Return the toneless sound of a character, or the character itself when it has none."""
    from pypinyin import lazy_pinyin

    return lazy_pinyin(letter)[0] if letter > "\u33ff" else letter


def syllables(text: str) -> list[tuple[str, str]]:
    """Return a text's pieces as they are written, each with how it sounds."""
    pieces: list[tuple[str, str]] = []
    for piece in _CUT.findall(text):
        parts = _parted(piece) if piece.isascii() and piece.isalpha() else None
        pieces += [(part, part) for part in parts] if parts else [(piece, "si" if piece == "4" else sound_of(piece))]
    return pieces


@lru_cache(maxsize=5_000)
def _parted(letters: str) -> tuple[str, ...] | None:
    """Part letters into syllables, the longest first; None where they are no such thing."""
    if not letters:
        return ()
    if len(letters) > 24:
        return None
    for size in range(min(6, len(letters)), 0, -1):
        rest = _parted(letters[size:]) if letters[:size] in _SYLLABLES else None
        if rest is not None:
            return (letters[:size], *rest)
    return None


@cache
def _words() -> tuple[_Words, frozenset[str]]:
    """Words in hiding by their sounds, and the sounds they begin with."""
    words = {
        tuple(sound_of(letter) for letter in word): (word, frozenset(others.split())) for word, others in _HEARD.items()
    }
    return words, frozenset(sounds[0] for sounds in words)


def written_out(text: str) -> str:
    """Write plainly what is hidden behind its sound; other words that sound the same stay."""
    pieces = syllables(text)
    heard = [sound for _, sound in pieces]
    words, firsts = _words()
    at, out = 0, []
    while at < len(pieces):
        size, word = _hidden_at(pieces, heard, at, words) if heard[at] in firsts else (0, "")
        out.append(word or pieces[at][0])
        at += size or 1
    return "".join(out)


def _hidden_at(pieces: list[tuple[str, str]], heard: list[str], at: int, words: _Words) -> tuple[int, str]:
    """How many pieces from here on are a word in hiding, and which; (0, "") where there is none."""
    for size in (4, 3, 2):
        word, others = words.get(tuple(heard[at : at + size]), ("", frozenset()))
        if word and "".join(piece for piece, _ in pieces[at : at + size]) not in others | {word}:
            return size, word
    return 0, ""
