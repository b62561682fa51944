"""Addresses of files: signed, for one person, for a few minutes. The rule is asked again when one is opened."""

from typing import TYPE_CHECKING

from django.core import signing
from django.urls import reverse

from .models import StoredFile

if TYPE_CHECKING:
    from marketplace.accounts.models import User

_SALT = "uploads.link"
LASTS_SECONDS = 15 * 60


def signed_link(file: StoredFile, *, person: "User") -> str:
    """Return the address under which this person, signed in, opens the file within the next quarter of an hour."""
    token = signing.dumps([str(file.public_id), str(person.public_id)], salt=_SALT)
    return reverse("uploads:open", kwargs={"token": token})


def file_behind(token: str, *, person: "User") -> StoredFile | None:
    """Return the file a link was made for, if it was made for this person and not too long ago."""
    try:
        file_id, person_id = signing.loads(token, salt=_SALT, max_age=LASTS_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if person_id != str(person.public_id):
        return None
    return StoredFile.objects.filter(public_id=file_id).first()
