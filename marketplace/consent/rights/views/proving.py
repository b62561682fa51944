"""Some pages want the person to prove again who they are: the copy of everything, and the erasure."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

View = Callable[..., HttpResponseBase]
#: How old the code may be by which somebody without a password signed in.
RECENT_SECONDS = 10 * 60


def freshly_proven(view: View) -> View:
    """Ask for the password or second step again; who signs in by code alone must have done so minutes ago."""
    again = reauthentication_required(view)

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if get_reauthentication_flows(request.user):
            return again(request, *args, **kwargs)
        if _signed_in_lately(request):
            return view(request, *args, **kwargs)
        return render(request, "data_rights/sign_in_again.html", {"next": request.path})

    return guarded


def _signed_in_lately(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    return any(time.time() - record.get("at", 0) < RECENT_SECONDS for record in records)
