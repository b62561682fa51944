"""Who it is that signs in by password."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from . import selectors
from .models import User


class PasswordBackend(AuthenticationBackend):
    """By phone or e-mail as allauth does it, or by login name. An unknown name takes as long as a wrong password."""

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        name = credentials.pop("login_name", "")
        if name:
            return self._check_password(selectors.user_by_login_name(name), credentials.get("password") or "")
        return super()._authenticate(request, **credentials)
