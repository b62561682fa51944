"""Which complaints a browser may follow: the person's own while signed in, and those opened by their code."""

import time
from uuid import UUID

from django.http import HttpRequest

from .models import Complaint

_OPENED = "complaints_opened"
_CODES = "complaint_codes"
#: How long a browser may follow a complaint after its code was typed; a shared computer forgets soon.
_OPEN_SECONDS = 30 * 60
#: How long the new code can be read again.
_CODE_SECONDS = 10 * 60


def remember_opened(request: HttpRequest, public_id: UUID) -> None:
    """Let this browser follow a complaint for a while."""
    opened = _live(request, _OPENED)
    request.session[_OPENED] = opened | {str(public_id): [time.time() + _OPEN_SECONDS, ""]}


def remember_code(request: HttpRequest, public_id: UUID, code: str) -> None:
    """Keep a new code readable for a few minutes, in the session alone."""
    request.session[_CODES] = _live(request, _CODES) | {str(public_id): [time.time() + _CODE_SECONDS, code]}


def new_code_of(request: HttpRequest, public_id: UUID) -> str:
    """Return the code of a complaint this browser has just made; "" later."""
    return _live(request, _CODES).get(str(public_id), [0, ""])[1]


def forget_code(request: HttpRequest, public_id: UUID) -> None:
    """Stop showing a code."""
    codes = _live(request, _CODES)
    if codes.pop(str(public_id), None):
        request.session[_CODES] = codes


def followed(request: HttpRequest, public_id: UUID) -> Complaint | None:
    """Return a complaint if this browser may follow it; None if not, or if there is none."""
    complaint = Complaint.objects.select_related("complainant").filter(public_id=public_id, erased_at=None).first()
    if complaint is None:
        return None
    is_own = request.user.is_authenticated and complaint.complainant_id == request.user.pk
    return complaint if is_own or str(public_id) in _live(request, _OPENED) else None


def _live(request: HttpRequest, name: str) -> dict[str, list]:
    kept = request.session.get(name, {})
    return {key: value for key, value in kept.items() if value[0] > time.time()}
