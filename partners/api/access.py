"""The door of the pages: for those who manage an organisation, after their second step; others find nothing."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Concatenate

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from catalog.partner.models import Partner
from marketplace.accounts.models import User
from marketplace.accounts.security.second_step import way_to_second_step

from .rules import partners_managed_by

Managed = Sequence[Partner]
ManagedView = Callable[Concatenate[HttpRequest, Managed, ...], HttpResponse]


def manager_view(view: ManagedView) -> Callable[..., HttpResponse]:
    """Give the view the organisations this person manages."""

    @login_required
    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        partners = list(partners_managed_by(request.user)) if isinstance(request.user, User) else []
        if not partners:
            raise Http404
        return way_to_second_step(request) or view(request, partners, *args, **kwargs)

    return wrapped
