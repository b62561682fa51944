"""The door of our own staff's pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from marketplace.accounts.enums import Role
from marketplace.accounts.models import User


def staff_view(view: Callable[Concatenate[HttpRequest, ...], HttpResponse]) -> Callable[..., HttpResponse]:
    """Let in our staff; for everybody else there is nothing here."""

    @login_required
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not isinstance(request.user, User) or request.user.role != Role.STAFF:
            raise Http404
        return view(request, *args, **kwargs)

    return wrapped
