"""The portal's door: whoever speaks for no association finds nothing behind it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from catalog.partner.models import Partner
from catalog.standing.selectors import association_of
from marketplace.accounts.models import User
from marketplace.accounts.security.second_step import way_to_second_step

AssociationView = Callable[Concatenate[HttpRequest, Partner, ...], HttpResponse]


def association_view(view: AssociationView) -> Callable[..., HttpResponse]:
    """Give the view the association somebody speaks for, after their second step; 404 for a stranger."""

    @login_required
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        body = association_of(request.user) if isinstance(request.user, User) else None
        if body is None:
            raise Http404
        return way_to_second_step(request) or view(request, body, *args, **kwargs)

    return wrapped
