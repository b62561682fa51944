"""The door of a community's portal: who works for no community finds nothing behind it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from catalog.partner.team.rules import CHOSEN
from marketplace.accounts.models import User
from marketplace.accounts.security.second_step import way_to_second_step

from .rules import Portal, portal_of

PortalView = Callable[Concatenate[HttpRequest, Portal, ...], HttpResponse]


def community_view(view: PortalView) -> Callable[..., HttpResponse]:
    """Give the view the person's community after their second step; sign-in for the anonymous, 404 for a stranger."""

    @login_required
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kept = request.session.get(CHOSEN)
        portal = portal_of(request.user, UUID(kept) if kept else None) if isinstance(request.user, User) else None
        if portal is None:
            raise Http404
        return way_to_second_step(request) or view(request, portal, *args, **kwargs)

    return wrapped


def manager_view(view: PortalView) -> Callable[..., HttpResponse]:
    """As `community_view`, for those who manage the community; a worker finds nothing."""

    @wraps(view)
    def for_managers(request: HttpRequest, portal: Portal, *args: Any, **kwargs: Any) -> HttpResponse:
        if not portal.is_manager:
            raise Http404
        return view(request, portal, *args, **kwargs)

    return community_view(for_managers)
