"""Files come in and go."""

import hashlib
from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from . import vault
from .checking import made_harmless, read
from .enums import DOCUMENTS, FileKind
from .models import StoredFile
from .naming import safe_name

if TYPE_CHECKING:
    from marketplace.accounts.models import User


def receive(
    upload: "File[bytes]",
    *,
    owner_kind: str,
    owner_subject: UUID,
    accepts: Collection[FileKind] = DOCUMENTS,
    uploaded_by: "User | None",
) -> StoredFile:
    """Check a file by its content, make it harmless and put it away as ciphertext.

    Args:
        owner_kind: whose reader rule decides who opens it (`register_reader`).
        owner_subject: the public id of whoever it is about; its key seals the file's name and place.

    Raises:
        FileRefused: too large, not what is asked for, broken, locked, or it would do something when opened.
    """
    content, kind = made_harmless(read(upload), accepts)
    return _keep(content, kind, upload.name or "", owner_kind, owner_subject, uploaded_by)


def content_of(file: StoredFile) -> bytes:
    """Return what is in a file. Raises FileGone."""
    return vault.take_out(file.reference)


@transaction.atomic
def destroy(file: StoredFile) -> None:
    """Delete a file and, once that is committed, its content."""
    reference = file.reference
    file.delete()
    transaction.on_commit(lambda: vault.wipe(reference))


def _keep(
    content: bytes, kind: FileKind, name: str, owner_kind: str, owner_subject: UUID, uploaded_by: "User | None"
) -> StoredFile:
    return StoredFile.objects.create(
        owner_kind=owner_kind,
        owner_subject=owner_subject,
        name=safe_name(name, kind),
        reference=vault.put_away(content),
        kind=kind,
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        uploaded_by=uploaded_by,
    )
