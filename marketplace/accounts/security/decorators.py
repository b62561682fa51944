"""Public forms that nobody may flood."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.ratelimit import respond_429
from django.http import HttpRequest, HttpResponseBase

from .attempts import may_send_form

View = Callable[..., HttpResponseBase]


def slow_form(form: str) -> Callable[[View], View]:
    """Slow down sending this form from one address; looking at it is free. For forms open to everybody."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST" and not may_send_form(request, form):
                return respond_429(request)
            return view(request, *args, **kwargs)

        return guarded

    return decorate
