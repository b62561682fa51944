"""What a file is, by its content; and that it may be kept."""

from collections.abc import Collection

from django.core.files.base import File

from . import pdf, pictures, word
from .enums import FileKind
from .errors import FileEmpty, FileTooLarge, KindNotTaken

MAX_BYTES = 10 * 1024 * 1024
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


def read(upload: "File[bytes]") -> bytes:
    """All of an upload, never more than may be: what its sender says of its size is not believed. Raises FileRefused."""
    content = bytearray()
    for chunk in upload.chunks():
        content += chunk
        if len(content) > MAX_BYTES:
            raise FileTooLarge
    if not content:
        raise FileEmpty
    return bytes(content)


def made_harmless(content: bytes, accepts: Collection[FileKind]) -> tuple[bytes, FileKind]:
    """Return what is kept of a file and what it is. Raises FileRefused.

    A picture comes back drawn anew; a document as it was, once it was found to do nothing by itself.
    """
    kind = _kind_of(content)
    if kind is None or kind not in accepts:
        raise KindNotTaken
    if kind is FileKind.PDF:
        pdf.must_be_quiet(content)
    elif kind is FileKind.WORD:
        word.must_be_quiet(content)
    else:
        return pictures.redrawn(content)
    return content, kind


def _kind_of(content: bytes) -> FileKind | None:
    if content.startswith(b"%PDF-"):
        return FileKind.PDF
    if content.startswith(_PICTURES[1]):
        return FileKind.PNG
    if content.startswith(_PICTURES[0]) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        return FileKind.JPEG
    if content.startswith(b"PK\x03\x04") and word.is_word(content):
        return FileKind.WORD
    return None
