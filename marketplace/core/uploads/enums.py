"""What a file may be, and what is asked for."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FileKind(TextChoices):
    """What a file is, by what is in it."""

    PDF = "pdf", _("PDF 文件")
    JPEG = "jpeg", _("照片")
    PNG = "png", _("图片")
    WORD = "docx", _("Word 文档")

    @property
    def media_type(self) -> str:
        """Return the media type it is handed out as."""
        return _MEDIA_TYPES[self]

    @property
    def suffix(self) -> str:
        """Return how its name ends."""
        return ".jpg" if self is FileKind.JPEG else f".{self.value}"


_MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

#: What a form may ask for. Photos of papers are papers.
PICTURES = frozenset({FileKind.JPEG, FileKind.PNG})
DOCUMENTS = PICTURES | {FileKind.PDF, FileKind.WORD}
#: What an `<input type="file">` may offer for them.
ACCEPT_DOCUMENTS = ".pdf,.jpg,.jpeg,.png,.webp,.docx"
ACCEPT_PICTURES = ".jpg,.jpeg,.png,.webp"
