"""What signing in does besides checking a password: attempts are counted, new devices are told."""

import time
from typing import Any
from uuid import uuid4

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core.formatting import moment_text
from marketplace.notifications.services import notify

from ..models import User
from .attempts import PASSWORDS, trial
from .devices import device_name, known_device, remember_device


class Doorkeeper(DefaultAccountAdapter):
    """The part of our allauth adapter that guards the door."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Check a password, if it is not too soon: every wrong one makes the next wait longer."""
        names = [value for name, value in credentials.items() if name != "password" and value]
        guess = trial(request, PASSWORDS, names)
        if not guess.begin():
            raise self.validation_error("too_many_login_attempts")
        user: User | None = super().authenticate(request, **credentials)
        if user:
            guess.succeeded()
        return user

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who signed in a few minutes ago has just shown who they are."""
        oldest = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        records = get_authentication_records(self.request, self.request.user)
        return super().is_reauthentication_required(app=app, **kwargs) and not any(
            record["at"] >= oldest for record in records
        )

    def login(self, request: HttpRequest, user: User) -> None:
        self._has_been_here = user.last_login is not None
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Remember the browser; tell the person when it is a new one, except the first time."""
        response = super().post_login(request, user, **kwargs)
        names = [user.phone or "", user.email or "", user.login_name or ""]
        if self._has_been_here and not any(known_device(request, name) for name in names if name):
            _tell_of_new_device(request, user)
        remember_device(request, response, names)
        return response


def _tell_of_new_device(request: HttpRequest, user: User) -> None:
    text = _(
        "你的心桥账号刚刚在新设备上登录：%(device)s，%(moment)s。如果不是你，请到“设置”里的“登录的设备”退出它，再换一个密码。"
    )
    values = {"device": device_name(request.headers.get("user-agent", "")), "moment": moment_text(timezone.now())}
    notify(key=f"new-device:{uuid4()}", recipient=user, body=text % values, url=reverse("usersessions_list"))
