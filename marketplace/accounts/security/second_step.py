"""The second step of signing in: who must take it, and whether this session has."""

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

#: Where the way leads once the second step is set up.
NEXT_KEY = "second_step_next"


def needs_second_step(user: Any) -> bool:
    """Return whether a person may work only after a second step: by role, and whoever can open the admin site."""
    if not user.is_authenticated:
        return False
    return user.role in settings.MFA_REQUIRED_ROLES or user.is_staff or user.is_superuser


def has_taken_second_step(request: HttpRequest) -> bool:
    """Return whether this session has proven it lately; a session from before it was set up has not."""
    oldest = time.time() - settings.SECOND_STEP_LASTS.total_seconds()
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" and record["at"] >= oldest for record in records)


def note_second_step(request: HttpRequest, authenticator: Authenticator) -> None:
    """Write into the session that the second step was just proven, as allauth does when it is asked for."""
    record_authentication(
        request, request.user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True
    )


def way_to_second_step(request: HttpRequest) -> HttpResponse | None:
    """Return the way to the second step where one is due, else None: to set it up first, or to take it."""
    if not needs_second_step(request.user) or has_taken_second_step(request):
        return None
    if is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")
    request.session[NEXT_KEY] = request.get_full_path() if request.method == "GET" else ""
    return redirect("mfa_activate_totp")
