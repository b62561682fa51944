"""Who calls: a key in the Authorization header, and nothing else. A browser's session opens nothing here."""

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from ..enums import Scope
from ..models import ApiKey
from ..rules import has_all, is_alive
from ..services import note_use
from .limits import count_call
from .problems import Stop
from .strict import refuse_undescribed


def key_of(request: HttpRequest) -> ApiKey:
    """Return the key of a call that passed the door."""
    return request.auth  # type: ignore[attr-defined]  # ninja's name for what authenticated


def key_named(secret: str) -> ApiKey | None:
    """Return the living key that a secret opens."""
    if len(secret) > 100:
        return None
    key = ApiKey.objects.select_related("partner", "made_by").filter(digest=ApiKey.digest_of(secret)).first()
    return key if key and is_alive(key) else None


class Key(HttpBearer):
    """A living key with the scopes an operation needs. Its scheme has one name in the description, whatever the scopes."""

    def __init__(self, *scopes: Scope) -> None:
        super().__init__()
        self.scopes = scopes

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Return the key; None is 401, scopes that are missing 403, too many calls 429."""
        key = key_named(token)
        if key is None:
            return None
        allowance = count_call(str(key.public_id))
        request.allowance = allowance  # type: ignore[attr-defined]
        if allowance.is_over:
            raise Stop(429, "too_many_requests", f"{allowance.resets_in} s", allowance.headers)
        if not has_all(key, self.scopes):
            raise Stop(403, "missing_scope", " ".join(self.scopes))
        refuse_undescribed(request)
        note_use(key)
        return key
