"""The portal's door: who works in no school finds nothing behind it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from catalog.partner.team.rules import CHOSEN
from marketplace.accounts.models import User
from marketplace.accounts.security.second_step import way_to_second_step

from .rules import School, school_of

SchoolView = Callable[Concatenate[HttpRequest, School, ...], HttpResponse]


def school_view(view: SchoolView) -> Callable[..., HttpResponse]:
    """Give the view the person's school after their second step; sign-in for the anonymous, 404 for a stranger."""

    @never_cache
    @login_required
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = request.session.get(CHOSEN)
        user = request.user
        school = school_of(user, UUID(chosen) if chosen else None) if isinstance(user, User) else None
        if school is None:
            raise Http404
        return way_to_second_step(request) or view(request, school, *args, **kwargs)

    return wrapped


def lists_view(view: SchoolView) -> Callable[..., HttpResponse]:
    """As `school_view`, for those who keep the school's lists."""

    @wraps(view)
    def for_keepers(request: HttpRequest, school: School, *args: Any, **kwargs: Any) -> HttpResponse:
        if not school.may_keep_lists:
            raise Http404
        return view(request, school, *args, **kwargs)

    return school_view(for_keepers)
