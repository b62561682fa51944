"""Putting several places into a basket in one go: a series, or places taken together."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from catalog.scheduling.enums import Mode
from catalog.scheduling.models import Booking, HealthcareService, Provider
from catalog.scheduling.retry import retried
from catalog.scheduling.services import TogetherWish, hold_series, hold_together
from marketplace.accounts.models import User
from marketplace.families.models import Child

from ..models import Basket, Line
from ..offers import current_offer
from ..rules import is_held
from .putting import fillable_basket, new_line, refuse_young


@retried
@transaction.atomic(durable=True)
def put_series_in_basket(
    *,
    user: User,
    service: HealthcareService,
    provider: Provider,
    starts: Sequence[datetime],
    every_weeks: int,
    child: Child,
    mode: Mode | str,
    now: datetime | None = None,
) -> list[Line]:
    """Hold all dates of a series and note each in the basket, or none. The same wish twice is one series.

    Raises: GuardianPays, NotForSale, and what `hold_series` refuses.
    """
    now = now or timezone.now()
    refuse_young(user)
    current_offer(service.product)
    basket = fillable_basket(user)
    wished = _held_lines(basket, now, booking__service=service, child=child, booking__series__isnull=False)
    if starts and {line.booking.starts_at for line in wished if line.booking} >= set(starts):
        return [line for line in wished if line.booking and line.booking.starts_at in set(starts)]
    bookings = hold_series(
        service=service,
        provider=provider,
        starts=starts,
        every_weeks=every_weeks,
        child=child,
        mode=mode,
        booked_by=user,
        now=now,
    )
    return _lines_for(basket, bookings)


@retried
@transaction.atomic(durable=True)
def put_together_in_basket(*, user: User, wishes: Sequence[TogetherWish], now: datetime | None = None) -> list[Line]:
    """Hold all these places and note each in the basket, or none. The same wish twice is held once.

    Raises: GuardianPays, NotForSale, and what `hold_together` refuses.
    """
    now = now or timezone.now()
    refuse_young(user)
    for wish in wishes:
        current_offer(wish.service.product)
    basket = fillable_basket(user)
    wished = _same_together(basket, wishes, now)
    return wished or _lines_for(basket, hold_together(wishes=wishes, booked_by=user, now=now))


def _lines_for(basket: Basket, bookings: Sequence[Booking]) -> list[Line]:
    return [
        new_line(
            basket,
            current_offer(booking.service.product),
            f"booking-{booking.pk}",
            booking=booking,
            child=booking.child,
        )
        for booking in bookings
    ]


def _held_lines(basket: Basket, now: datetime, **wanted: object) -> list[Line]:
    lines = Line.objects.filter(basket=basket, **wanted).select_related("booking").order_by("booking__starts_at", "pk")
    return [line for line in lines if line.booking is not None and is_held(line.booking, now=now)]


def _same_together(basket: Basket, wishes: Sequence[TogetherWish], now: datetime) -> list[Line]:
    """Return the lines of the same places that a first click took already, else nothing."""
    asked = {
        (each.service.pk, each.child.pk, each.attendee, each.occupancy.starts_at if each.occupancy else each.starts_at)
        for each in wishes
    }
    taken: dict[object, list[Line]] = {}
    for line in _held_lines(basket, now, booking__together_id__isnull=False):
        if line.booking is not None:
            taken.setdefault(line.booking.together_id, []).append(line)
    for lines in taken.values():
        bookings = [line.booking for line in lines if line.booking is not None]
        if {(each.service_id, each.child_id, each.attendee, each.starts_at) for each in bookings} == asked:
            return lines
    return []
