"""The door of an organisation's team: whoever belongs to one, whatever kind it is; managers alone change it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from catalog.partner.enums import TeamRole
from catalog.partner.team.rules import CHOSEN
from catalog.partner.team.seat import Seat
from catalog.partner.team.selectors import memberships_of
from marketplace.accounts.models import User
from marketplace.accounts.security.second_step import way_to_second_step

SeatView = Callable[Concatenate[HttpRequest, Seat, ...], HttpResponse]


def seat_of(request: HttpRequest) -> Seat | None:
    """Return the person's place at the organisation they chose, else at their first; read anew every time."""
    if not isinstance(request.user, User):
        return None
    places = list(memberships_of(request.user))
    chosen = request.session.get(CHOSEN)
    place = next((each for each in places if str(each.partner.public_id) == chosen), None)
    place = place or next(iter(places), None)
    return Seat(partner=place.partner, role=TeamRole(place.role), user=request.user) if place else None


def member_view(view: SeatView) -> Callable[..., HttpResponse]:
    """Give the view the person's place after their second step; 404 for whoever belongs to no team."""

    @login_required
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        seat = seat_of(request)
        if seat is None:
            raise Http404
        return way_to_second_step(request) or view(request, seat, *args, **kwargs)

    return wrapped


def team_manager_view(view: SeatView) -> Callable[..., HttpResponse]:
    """As `member_view`, for managers; others find nothing."""

    @wraps(view)
    def for_managers(request: HttpRequest, seat: Seat, *args: Any, **kwargs: Any) -> HttpResponse:
        if not seat.may_manage_team:
            raise Http404
        return view(request, seat, *args, **kwargs)

    return member_view(for_managers)
