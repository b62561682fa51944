"""The portal's doors: who has no portal finds nothing behind them, and whose work is another finds nothing either."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from catalog.partner.team.rules import CHOSEN
from catalog.scheduling.models import Booking
from marketplace.accounts.models import User
from marketplace.accounts.security.second_step import way_to_second_step

from .rules import Portal, portal_of
from .sights import look_at_bookings

PortalView = Callable[Concatenate[HttpRequest, Portal, ...], HttpResponse]


def chosen_portal(request: HttpRequest) -> Portal | None:
    """Return the portal a person works in now, read anew; None for a stranger."""
    kept = request.session.get(CHOSEN)
    return portal_of(request.user, UUID(kept) if kept else None) if isinstance(request.user, User) else None


def team_view(view: PortalView) -> Callable[..., HttpResponse]:
    """Give the view the person's portal after their second step; sign-in for the anonymous, 404 for a stranger."""

    @login_required
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        portal = chosen_portal(request)
        if portal is None:
            raise Http404
        return way_to_second_step(request) or view(request, portal, *args, **kwargs)

    return wrapped


def _for(may: Callable[[Portal], bool], view: PortalView) -> Callable[..., HttpResponse]:
    @wraps(view)
    def held_to_role(request: HttpRequest, portal: Portal, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may(portal):
            raise Http404
        return view(request, portal, *args, **kwargs)

    return team_view(held_to_role)


def portal_view(view: PortalView) -> Callable[..., HttpResponse]:
    """As `team_view`, for pages about sessions: manager, desk, and carers with their own; others find nothing."""
    return _for(lambda portal: portal.may_see_care, view)


def desk_view(view: PortalView) -> Callable[..., HttpResponse]:
    """As `team_view`, for what is said with families as a whole: manager and desk."""
    return _for(lambda portal: portal.sees_everybodys_care, view)


def orders_view(view: PortalView) -> Callable[..., HttpResponse]:
    """As `team_view`, for parcels and what comes back: manager and desk."""
    return _for(lambda portal: portal.may_manage_orders, view)


def money_view(view: PortalView) -> Callable[..., HttpResponse]:
    """As `team_view`, for the organisation's money: manager and bookkeeper."""
    return _for(lambda portal: portal.may_manage_money, view)


def manager_view(view: PortalView) -> Callable[..., HttpResponse]:
    """As `team_view`, for those who manage the organisation."""
    return _for(lambda portal: portal.is_manager, view)


def booking_of(portal: Portal, public_id: UUID) -> Booking:
    """One of the portal's bookings with its `sight`; 404 where the door no longer opens it."""
    bookings = Booking.objects.select_related("occupancy__provider", "service__product", "child")
    booking = get_object_or_404(bookings, public_id=public_id, occupancy__provider__in=portal.providers())
    look_at_bookings(portal, [booking])
    if not booking.sight.when:  # type: ignore[attr-defined]
        raise Http404
    return booking
