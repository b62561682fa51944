"""Word documents: unpacked within limits and looked through, so that no bomb, macro or foreign part comes along."""

import io
import re
import zipfile
import zlib

from .errors import DocumentActive, DocumentBroken, DocumentLocked

MAX_PARTS = 1000
MAX_UNPACKED = 60 * 1024 * 1024
#: A text packs ten to one, an empty drawing a hundred to one; nothing honest a thousand to one.
MAX_RATIO = 200
_CHUNK = 64 * 1024
_FOREIGN = re.compile(
    r"(^|/)(vbaProject|vbaData|activeX|embeddings|afchunk|customUI)|\.(bin|exe|dll|js|vbs|html?|svg)$", re.I
)
_MACRO_TYPE = re.compile(rb"macroEnabled|vnd\.ms-office\.(vbaProject|activeX)|oleObject", re.I)
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_OUTSIDE = re.compile(rb"<[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.I)
#: The only thing outside that a paper may name is what one clicks on.
_LINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.I)
_CALLS = re.compile(rb"DDEAUTO|\bDDE\b\s|INCLUDETEXT\s|INCLUDEPICTURE\s+(?:&quot;|\")?(?:https?:|\\\\)", re.I)
_ENCRYPTED = 0x1


def must_be_quiet(content: bytes) -> None:
    """Raise DocumentActive, DocumentLocked or DocumentBroken for a Word document that is not taken."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _judge_parts(archive.infolist(), len(content))
            for part in archive.infolist():
                _judge_content(part.filename, _read(archive, part))
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise DocumentBroken from error


def is_word(content: bytes) -> bool:
    """Return whether an archive has the parts of a Word document; unpacks nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {"[Content_Types].xml", "word/document.xml"} <= set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _judge_parts(parts: list[zipfile.ZipInfo], packed: int) -> None:
    names = [part.filename for part in parts]
    if len(parts) > MAX_PARTS or len(set(names)) != len(names):
        raise DocumentBroken
    total = sum(part.file_size for part in parts)
    if total > MAX_UNPACKED or total > max(packed, 1) * MAX_RATIO:
        raise DocumentBroken
    for part in parts:
        if part.flag_bits & _ENCRYPTED:
            raise DocumentLocked
        if part.filename.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", part.filename):
            raise DocumentBroken
        if _FOREIGN.search(part.filename):
            raise DocumentActive


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """A part's bytes: never more than it says, whatever is really in it."""
    read = bytearray()
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            read += chunk
            if len(read) > part.file_size:
                raise DocumentBroken
    return bytes(read)


def _judge_content(name: str, content: bytes) -> None:
    if not name.lower().endswith((".xml", ".rels")):
        return
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content:
        raise DocumentBroken  # in another alphabet than everything below is looked for
    if _ENTITY.search(content) or _MACRO_TYPE.search(content) or _CALLS.search(content):
        raise DocumentActive
    if any(not _LINK.search(outside[0]) for outside in _OUTSIDE.finditer(content)):
        raise DocumentActive
