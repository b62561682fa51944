"""The portal's door: who works in no hospital finds nothing behind it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from catalog.partner.models import Partner
from catalog.partner.team.rules import CHOSEN
from marketplace.accounts.models import User
from marketplace.accounts.security.second_step import way_to_second_step

from .rules import hospital_of

HospitalView = Callable[Concatenate[HttpRequest, Partner, ...], HttpResponse]


def hospital_view(view: HospitalView) -> Callable[..., HttpResponse]:
    """Give the view the person's hospital after their second step; sign-in for the anonymous, 404 for a stranger."""

    @never_cache
    @login_required
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = request.session.get(CHOSEN)
        user = request.user
        hospital = hospital_of(user, UUID(chosen) if chosen else None) if isinstance(user, User) else None
        if hospital is None:
            raise Http404
        return way_to_second_step(request) or view(request, hospital, *args, **kwargs)

    return wrapped
