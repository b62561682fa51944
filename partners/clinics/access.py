"""The portal's door: who has no portal finds nothing behind it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from catalog.scheduling.models import Booking
from marketplace.accounts.models import User
from marketplace.accounts.security.second_step import way_to_second_step

from .rules import Portal, portal_of
from .sights import look_at_bookings

PortalView = Callable[Concatenate[HttpRequest, Portal, ...], HttpResponse]


def portal_view(view: PortalView) -> Callable[..., HttpResponse]:
    """Give the view the person's portal after their second step; sign-in for the anonymous, 404 for a stranger."""

    @login_required
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        portal = portal_of(request.user) if isinstance(request.user, User) else None
        if portal is None:
            raise Http404
        return way_to_second_step(request) or view(request, portal, *args, **kwargs)

    return wrapped


def manager_view(view: PortalView) -> Callable[..., HttpResponse]:
    """As `portal_view`, for those who manage the partner; a practitioner finds nothing."""

    @wraps(view)
    def for_managers(request: HttpRequest, portal: Portal, *args: Any, **kwargs: Any) -> HttpResponse:
        if not portal.is_manager:
            raise Http404
        return view(request, portal, *args, **kwargs)

    return portal_view(for_managers)


def booking_of(portal: Portal, public_id: UUID) -> Booking:
    """One of the portal's bookings with its `sight`; 404 where the door no longer opens it."""
    bookings = Booking.objects.select_related("occupancy__provider", "service__product", "child")
    booking = get_object_or_404(bookings, public_id=public_id, occupancy__provider__in=portal.providers())
    look_at_bookings(portal, [booking])
    if not booking.sight.when:  # type: ignore[attr-defined]
        raise Http404
    return booking
