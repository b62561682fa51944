"""The door of pages on which a provider works on one booking of their own; everybody else finds nothing behind it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from catalog.partner.models import Partner
from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking
from marketplace.accounts.models import User
from marketplace.accounts.security.second_step import way_to_second_step
from marketplace.consent.decisions import Decision
from marketplace.consent.disclosures import Disclosures
from marketplace.consent.enums import DataItem, Purpose
from marketplace.consent.services import look

#: Bookings whose session took place, is to take place, or was missed.
HELD_STATUSES = (BookingStatus.BOOKED, BookingStatus.FULFILLED, BookingStatus.NOSHOW)
_PAGE_ITEMS = (DataItem.PROFILE, DataItem.BOOKING)


@dataclass(frozen=True)
class Desk:
    """What the frame of a partner's portal shows of who works there."""

    partner: Partner
    is_manager: bool
    user: User


@dataclass(frozen=True)
class Sight:
    """What the door of consent opens of a booking's child to this provider now."""

    who: Decision
    when: Decision
    seen: Disclosures


CarerView = Callable[Concatenate[HttpRequest, Booking, ...], HttpResponse]


def own_sessions(user: User) -> QuerySet[Booking]:
    """Return the bookings with a person as their provider, with all that a page of them shows."""
    return Booking.objects.filter(occupancy__provider__user=user, status__in=HELD_STATUSES).select_related(
        "occupancy__provider__partner", "occupancy__location", "service__product", "child"
    )


def carer_view(view: CarerView) -> Callable[..., HttpResponse]:
    """Give the view one of the person's own bookings after their second step; 404 for anybody else."""

    @login_required
    @wraps(view)
    def wrapped(request: HttpRequest, public_id: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        booking = own_sessions(request.user).filter(public_id=public_id).first()  # type: ignore[arg-type]
        if booking is None:
            raise Http404
        return way_to_second_step(request) or view(request, booking, *args, **kwargs)

    return wrapped


def desk_of(booking: Booking, user: User) -> Desk:
    """Return the frame for a page about a booking."""
    partner = booking.occupancy.provider.partner
    return Desk(partner=partner, is_manager=partner.users.filter(pk=user.pk).exists(), user=user)


def sight_of(booking: Booking, user: User, items: Collection[DataItem] = ()) -> Sight:
    """Ask the door what a page may show of the booking's child, `items` beside its name; the look is written down."""
    child = booking.child
    asked = tuple(dict.fromkeys((*_PAGE_ITEMS, *items)))
    seen = look(viewer=user, children=[child], items=asked, purpose=Purpose.CARE, records={child: [booking.public_id]})
    return Sight(
        who=seen.may_see(child, DataItem.PROFILE),
        when=seen.may_see(child, DataItem.BOOKING, booking.public_id),
        seen=seen,
    )
