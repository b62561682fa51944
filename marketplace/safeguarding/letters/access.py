"""Who opens the desk for letters: whoever answers at some office at this moment."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty, Role
from marketplace.accounts.models import User
from marketplace.accounts.security.second_step import way_to_second_step

from . import offices

View = Callable[..., HttpResponseBase]


def answering_required(view: View) -> View:
    """Let only those who answer now see a view, which gets their offices as `keys`; our staff are told when they are off duty."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        user = cast(User, request.user)
        keys = offices.keys_answered_by(user, timezone.now())
        if keys:
            return way_to_second_step(request) or view(request, *args, keys=keys, **kwargs)
        if user.role == Role.STAFF:
            return _off_duty(request)
        raise Http404

    return guarded


@duty_required(Duty.COUNSELLING)
def _off_duty(request: HttpRequest) -> HttpResponseBase:
    """Never reached: whoever is on duty has an office."""
    raise Http404
