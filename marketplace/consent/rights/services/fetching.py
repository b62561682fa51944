"""Handing a finished copy to who asked for it, and deleting it when its time is over."""

from base64 import b64decode
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from marketplace.accounts.models import User

from ..errors import FileGone, NotYoursToAsk
from ..models import ExportFile
from ..selectors import may_fetch, request_for


def fetch_copy(*, user: User, public_id: UUID, now: datetime | None = None) -> bytes:
    """Return the ZIP of a finished copy. Raises: NotYoursToAsk, FileGone."""
    now = now or timezone.now()
    request = request_for(user, public_id)
    if request is None or not may_fetch(user, request):
        raise NotYoursToAsk
    file = ExportFile.objects.filter(request=request, expires_at__gt=now).first()
    content = b64decode(file.content) if file else b""
    if file is None or not content:
        raise FileGone
    if file.downloaded_at is None:
        ExportFile.objects.filter(pk=file.pk).update(downloaded_at=now)
    return content


def delete_old_copies(*, now: datetime | None = None) -> int:
    """Delete copies whose days are over; return how many went. The request stays, without a file."""
    deleted, _ = ExportFile.objects.filter(expires_at__lte=now or timezone.now()).delete()
    return deleted
