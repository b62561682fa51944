"""A file's name, as far as it is safe to show and to save under."""

import re
import unicodedata

from django.utils.translation import gettext

from .enums import FileKind

_LONGEST = 60
#: What a path, a shell, a header or Windows takes for more than a letter.
_UNSAFE = re.compile(r"[\\/:*?\"'<>|;%&$`{}~#\x7f]+")
_DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
#: Unicode's controls, direction marks, joiners, private letters and halves of pairs: "exe.fdp" can look like "pdf.exe".
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")


def safe_name(name: str, kind: FileKind) -> str:
    """Return a name that says what the sender called it and ends in what it is.

    Folders, unseen signs, leading dots and every ending the sender gave are gone: `../../a.pdf.exe` becomes `a.pdf`.
    """
    last = unicodedata.normalize("NFKC", name.encode("utf-8", "replace").decode()).replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(letter for letter in last if unicodedata.category(letter) not in _UNSEEN)
    stem = seen.strip(". ").split(".", 1)[0]
    stem = re.sub(r"\s+", " ", _UNSAFE.sub("_", stem)).strip("-=+@_ ")[:_LONGEST].strip()
    if not stem or _DEVICES.match(stem):
        stem = gettext("文件")
    return stem + kind.suffix
