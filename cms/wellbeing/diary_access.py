"""Pages of those who keep moods and a diary: to everybody else they do not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase

from .rules.moods import keeper

View = Callable[..., HttpResponseBase]


def keeper_required(view: View) -> View:
    """Let only a young person with a profile of their own see a view, which gets it as `child`."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        child = keeper(request.user)
        if child is None:
            raise Http404
        return view(request, *args, child=child, **kwargs)

    return guarded
