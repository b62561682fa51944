"""Only quiet PDFs are taken: no scripts, no attached files, no forms that send, no password.

The file is not parsed as a viewer would, so that nothing depends on reading it the same way. The names of everything that
acts are searched in all its bytes and in all that can be unpacked, with their letters' codes undone. Packed objects that
cannot be unpacked in the plain way are refused. When in doubt a paper is refused: it can be printed anew or photographed.
"""

import re
import zlib
from collections.abc import Iterator

from .errors import DocumentActive, DocumentBroken, DocumentLocked

#: Every one of these stands by its full name wherever it acts (ISO 32000, 7.11 and 12.6); too long to be there by chance.
_ACTIVE = re.compile(
    rb"/(?:JavaScript|EmbeddedFile|FileAttachment|Launch|RichMedia|SubmitForm|ImportData|Rendition)(?![a-z0-9])"
    rb"|/EmbeddedFiles"
)
#: Too short to be looked for in packed bytes; searched in what is unpacked, and outside of streams.
_ACTIVE_SHORT = re.compile(rb"/(?:XFA|GoToE|GoToR|Movie|Sound)(?![A-Za-z0-9])|/JS\s*[(<\d]")
_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z])")
_CODED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
#: Ways of packing that are not undone here; beside packed objects they could hide them.
_OTHER_PACKING = re.compile(rb"/(?:LZW|ASCII85|ASCIIHex|RunLength)Decode|/Crypt\b")
_DICTIONARY = 16_384
_MAX_STREAMS = 20_000
_MAX_UNPACKED = 80 * 1024 * 1024


def must_be_quiet(content: bytes) -> None:
    """Raise DocumentActive, DocumentLocked or DocumentBroken for a PDF that is not taken."""
    if b"%%EOF" not in content[-2048:]:
        raise DocumentBroken
    words = _decoded(content)
    if _LOCKED.search(words):
        raise DocumentLocked
    if _ACTIVE.search(words) or _ACTIVE_SHORT.search(_decoded(_outside_of_streams(content))):
        raise DocumentActive
    if b"/ObjStm" in words and _OTHER_PACKING.search(words):
        raise DocumentActive
    left = _MAX_UNPACKED
    for dictionary, body in _streams(content):
        holds_objects = b"/ObjStm" in dictionary
        if holds_objects and (b"/DecodeParms" in dictionary or b"/DP" in dictionary):
            raise DocumentActive
        unpacked = _unpacked(body, left)
        left -= len(unpacked)
        found = _decoded(unpacked)
        if _ACTIVE.search(found) or (holds_objects and _ACTIVE_SHORT.search(found)):
            raise DocumentActive


def _streams(content: bytes) -> Iterator[tuple[bytes, memoryview]]:
    """Each place where a stream may begin, with what stands before it; also places that only pretend to be one."""
    whole = memoryview(content)
    for number, found in enumerate(_STREAM.finditer(content)):
        if number >= _MAX_STREAMS:
            raise DocumentBroken
        before = content[max(0, found.start() - _DICTIONARY) : found.start()]
        yield _decoded(before.rsplit(b"endobj", 1)[-1]), whole[found.end() :]


def _outside_of_streams(content: bytes) -> bytes:
    parts, at = [], 0
    while found := _STREAM.search(content, at):
        parts.append(content[at : found.start()])
        at = content.find(b"endstream", found.end())
        if at < 0:
            raise DocumentBroken
    return b"\n".join([*parts, content[at:]])


def _decoded(text: bytes) -> bytes:
    """Undo the codes of letters: a name may spell any of them by its number, /J#61vaScript."""
    return _CODED.sub(lambda found: bytes([int(found[1], 16)]), text)


def _unpacked(body: memoryview, limit: int) -> bytes:
    """What zlib makes of it; nothing where it is no zlib data. Raises DocumentBroken when it never ends."""
    if len(body) < 2 or (body[0] & 0x0F) != 8 or (body[0] * 256 + body[1]) % 31:
        return b""
    worker = zlib.decompressobj()
    unpacked = b""
    try:
        unpacked = worker.decompress(body, limit + 1)
    except zlib.error:
        # Broken on the way: what came before the break is what a patient viewer would show.
        return _as_far_as_it_goes(body, limit)
    if len(unpacked) > limit:
        raise DocumentBroken
    return unpacked


def _as_far_as_it_goes(body: memoryview, limit: int) -> bytes:
    worker, parts, total = zlib.decompressobj(), [], 0
    for at in range(0, len(body), 1024):
        try:
            part = worker.decompress(body[at : at + 1024], limit + 1 - total)
        except zlib.error:
            break
        parts.append(part)
        total += len(part)
        if total > limit:
            raise DocumentBroken
    return b"".join(parts)
