"""The other ways of booking, each begun by a demo family: a series, a request, a group that needs company, a kept time."""

from datetime import datetime, timedelta

from django.utils import timezone

from catalog.basket.selectors import open_basket_of
from catalog.basket.services import put_series_in_basket, put_session_in_basket
from catalog.scheduling.enums import BookingStatus, Mode
from catalog.scheduling.errors import SlotTaken
from catalog.scheduling.models import Booking, BookingSeries, HealthcareService, Occupancy
from catalog.scheduling.services import plan_series, schedule_group_session
from catalog.waitlist.enums import EntryState
from catalog.waitlist.models import WaitlistEntry
from catalog.waitlist.services import offer_times
from marketplace.accounts.models import User
from marketplace.core.errors import Refusal
from marketplace.families.models import Child

from ..data.activity import REQUEST, SERIES, THIN_GROUP, Series, ThinGroup, Wish
from ..keys import product_code, stable_id
from .activity import first_slot, placed_order
from .paying import pay_order
from .timetable import at

_LATELY = timedelta(minutes=40)
_PAID_AFTER = timedelta(minutes=3)


def make_ways() -> bool:
    """Begin each of them once; the request again when it was answered. Returns whether anything was written."""
    return any([_book_series(SERIES), _book_thin_group(THIN_GROUP), _ask_for(REQUEST), _keep_a_time()])


def _book_series(wish: Series) -> bool:
    if BookingSeries.objects.filter(booked_by__public_id=stable_id("user", wish.person)).exists():
        return False
    user, child, service = _of(wish)
    slot = None if _shops(user) else first_slot(service, wish.days)
    if slot is None:
        return False
    provider = service.providers.filter(pk__in=slot.provider_ids).order_by("pk")[0]
    planned = plan_series(
        service=service,
        provider=provider,
        starts_at=slot.starts_at,
        every_weeks=1,
        count=wish.count,
        mode=Mode.IN_PERSON,
        child=child,
    )
    starts = sorted({date.starts_at for date in planned if date.starts_at})
    try:
        put_series_in_basket(
            user=user,
            service=service,
            provider=provider,
            starts=starts,
            every_weeks=1,
            child=child,
            mode=Mode.IN_PERSON,
        )
    except Refusal:  # dates near one another were taken, or too few of them are free
        return False
    _pay(user)
    return True


def _book_thin_group(wish: ThinGroup) -> bool:
    """One more evening of a group, for which too few have signed up so far."""
    if Occupancy.objects.filter(minimum_seats__gt=0, service__product__upc=product_code(wish.item)).exists():
        return False
    user, child, service = _of(wish)
    session = None if _shops(user) else _scheduled(service, wish)
    return session is not None and _book(user, child, service, session.starts_at, session)


def _scheduled(service: HealthcareService, wish: ThinGroup) -> Occupancy | None:
    """The session, on the first of the coming evenings on which its leader is free."""
    today, leader = timezone.localdate(), service.providers.order_by("pk")[0]
    for days in range(wish.days, wish.days + 7):
        try:
            return schedule_group_session(
                service=service,
                provider=leader,
                starts_at=at(today + timedelta(days=days), wish.at),
                seats=wish.seats,
                minimum_seats=wish.minimum,
            )
        except SlotTaken:
            continue
    return None


def _ask_for(wish: Wish) -> bool:
    """Ask for a time that its provider still has to confirm; where none waits any more, another one."""
    waiting = Booking.objects.filter(status=BookingStatus.PROPOSED, child__public_id=stable_id("child", wish.child))
    if waiting.exists():
        return False
    user, child, service = _of(wish)
    slot = None if _shops(user) else first_slot(service, wish.days)
    return slot is not None and _book(user, child, service, slot.starts_at)


def _book(
    user: User, child: Child, service: HealthcareService, starts_at: datetime, session: Occupancy | None = None
) -> bool:
    try:
        put_session_in_basket(
            user=user,
            service=service,
            child=child,
            mode=Mode.IN_PERSON,
            starts_at=starts_at,
            occupancy=session,
            now=timezone.now() - _LATELY,
        )
    except Refusal:  # visitors of the demo were quicker, or hold too much
        return False
    _pay(user)
    return True


def _pay(user: User) -> None:
    now = timezone.now() - _LATELY
    pay_order(order=placed_order(user, now), paid_at=now + _PAID_AFTER)


def _keep_a_time() -> bool:
    """Keep a free time for those who wait, as a worker would within the minute; once, from then on a worker does."""
    if WaitlistEntry.objects.exclude(state=EntryState.WAITING).exists():
        return False
    return bool(offer_times())


def _shops(user: User) -> bool:
    """Whether somebody has put something into the basket, which then is theirs."""
    basket = open_basket_of(user)
    return basket is not None and basket.lines.exists()


def _of(wish: Wish) -> tuple[User, Child, HealthcareService]:
    services = HealthcareService.objects.select_related("product")
    return (
        User.objects.get(public_id=stable_id("user", wish.person)),
        Child.objects.get(public_id=stable_id("child", wish.child)),
        services.get(product__upc=product_code(wish.item)),
    )
