"""Words nobody else writes, and every shape in which they could lie around in clear.

A canary has two parts, one of Chinese characters and one of letters; finding either of them, in any shape, is finding it.
"""

import base64
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from urllib.parse import quote, quote_plus

_PACKED = re.compile(rb"[A-Za-z0-9_+/-]{24,}={0,2}")
_ZLIB_HEADS = (b"\x78\x01", b"\x78\x9c", b"\x78\xda")


@dataclass(frozen=True)
class Canary:
    """One planted word: where it was put, and its two parts."""

    place: str
    chinese: str
    latin: str

    @property
    def text(self) -> str:
        """What is written into the field."""
        return f"{self.chinese} {self.latin}"


def hatch(dice: Random, place: str) -> Canary:
    """A new canary: eight rare characters and twenty letters and digits."""
    chinese = "".join(chr(dice.randrange(0x7000, 0x9E00)) for _ in range(8))
    return Canary(place, chinese, f"kn{dice.getrandbits(90):018x}")


def shapes(text: str) -> Iterator[bytes]:
    """Every shape of a text that is searched for: plain and escaped, each also as base64 (three alignments) and hex."""
    for shape in _flat(text):
        yield shape
        yield shape.hex().encode()
        yield shape.hex().upper().encode()
        for shift in range(3):
            yield from _base64(shape, shift)


def _flat(text: str) -> set[bytes]:
    escaped = "".join(f"\\u{ord(letter):04x}" if ord(letter) > 126 else letter for letter in text)
    entities = "".join(f"&#{ord(letter)};" if ord(letter) > 126 else letter for letter in text)
    return {
        text.encode(),
        text.encode("utf-16-le"),
        text.encode("utf-16-be"),
        text.encode("gb18030"),
        escaped.encode(),
        re.sub(r"\\u[0-9a-f]{4}", lambda m: m.group().upper().replace("U", "u", 1), escaped).encode(),
        escaped.replace("\\", "\\\\").encode(),
        entities.encode(),
        quote(text).encode(),
        quote_plus(text).lower().encode(),
    }


def _base64(shape: bytes, shift: int) -> Iterator[bytes]:
    """The part of a shape's base64 that is the same whatever stands before and after it."""
    encoded = base64.b64encode(b"\0" * shift + shape)
    begin = 0 if shift == 0 else 4
    end = len(encoded) if (shift + len(shape)) % 3 == 0 else -4
    yield encoded[begin:end]
    yield encoded[begin:end].replace(b"+", b"-").replace(b"/", b"_")


def found(canaries: Iterable[Canary], hay: Mapping[str, bytes]) -> dict[Canary, str]:
    """Return each canary that lies somewhere in the hay, with the place where it was seen first."""
    stacks = {name: content + b"\n" + b"\n".join(unpacked(content)) for name, content in hay.items()}
    seen = {}
    for canary in canaries:
        needles = {*shapes(canary.chinese), *shapes(canary.latin)}
        for name, content in stacks.items():
            if any(needle in content for needle in needles):
                seen[canary] = name
                break
    return seen


def unpacked(content: bytes) -> Iterator[bytes]:
    """What is zlib inside, as it lies there or as base64: Django packs its sessions like that."""
    for match in _PACKED.finditer(content):
        token = match.group().rstrip(b"=").replace(b"+", b"-").replace(b"/", b"_")
        token = token[: len(token) - (len(token) % 4 == 1)]
        packed = base64.urlsafe_b64decode(token + b"=" * (-len(token) % 4))
        if packed[:2] in _ZLIB_HEADS:
            yield from _inflated(packed)
    for head in _ZLIB_HEADS:
        for match in re.finditer(re.escape(head), content):
            yield from _inflated(content[match.start() :])


def _inflated(packed: bytes) -> Iterator[bytes]:
    try:
        yield zlib.decompressobj().decompress(packed, 10_000_000)
    except zlib.error:
        return
