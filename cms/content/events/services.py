"""Signing up for a talk, giving the seat back, moving up. Seats move by one conditional UPDATE; nothing is paid here."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.notifications.enums import Channel
from marketplace.notifications.services import notify

from ..models import Event, EventSeat
from .enums import SeatState
from .errors import AlreadySignedUp, NotThere, SignUpClosed, TooFewSeats
from .letters import write_to


@dataclass(frozen=True, slots=True)
class SignedUp:
    """A sign-up, and the secret of its link, shown once to who has no account ("" for who has one)."""

    seat: EventSeat
    secret: str = ""


def digest_of(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic(durable=True)
def sign_up(
    *,
    event: Event,
    person: User | None,
    seats: int = 1,
    called: str = "",
    contact: str = "",
    waits: bool = False,
    now: datetime | None = None,
) -> SignedUp:
    """Take seats, or a place among those who wait where `waits` allows it.

    Raises: SignUpClosed, AlreadySignedUp, TooFewSeats.
    """
    now = now or timezone.now()
    current = Event.objects.select_for_update().get(pk=event.pk)
    if not is_open(current, now):
        raise SignUpClosed
    is_going = _take(current, seats)
    if not is_going and not waits:
        raise TooFewSeats
    secret = "" if person is not None else secrets.token_urlsafe(18)
    try:
        with transaction.atomic():
            seat = EventSeat.objects.create(
                event=current,
                person=person,
                seats=seats,
                called=called,
                contact=contact,
                secret_digest=digest_of(secret) if secret else "",
                state=SeatState.GOING if is_going else SeatState.WAITING,
                asked_at=now,
            )
    except IntegrityError as error:
        raise AlreadySignedUp from error
    return SignedUp(seat, secret)


def is_open(event: Event, now: datetime) -> bool:
    """Return whether one may sign up now."""
    closes_at = event.closes_at or event.starts_at
    return event.is_published and event.cancelled_at is None and now < closes_at


def _take(event: Event, seats: int) -> bool:
    free = Event.objects.filter(pk=event.pk, taken__lte=F("seats") - seats, cancelled_at=None)
    return free.update(taken=F("taken") + seats) == 1


@transaction.atomic(durable=True)
def cancel_seat(*, public_id: UUID, now: datetime | None = None) -> EventSeat:
    """Give seats back; whoever waits moves up in the same moment. Raises NotThere."""
    now = now or timezone.now()
    event_id = EventSeat.objects.values_list("event_id", flat=True).get(public_id=public_id)
    Event.objects.select_for_update().get(pk=event_id)
    seat = EventSeat.objects.select_for_update(of=("self",)).select_related("event").get(public_id=public_id)
    if seat.state == SeatState.CANCELLED:
        raise NotThere
    give_seats_back(seat, now=now)
    seat.state, seat.cancelled_at = SeatState.CANCELLED, now
    seat.called = seat.contact = ""
    seat.save(update_fields=["state", "cancelled_at", "called", "contact"])
    return seat


def give_seats_back(seat: EventSeat, *, now: datetime | None = None) -> None:
    """Free the seats of somebody who was going, and let those who wait move up, in order."""
    if seat.state != SeatState.GOING:
        return
    Event.objects.filter(pk=seat.event_id).update(taken=F("taken") - seat.seats)
    move_up(seat.event, now=now or timezone.now())


def move_up(event: Event, *, now: datetime) -> list[EventSeat]:
    """Give free seats to those who wait, first come first, and tell them; never once the talk has begun.

    The first in line that fits: a single seat is not kept empty because four people are before one.
    """
    moved: list[EventSeat] = []
    if event.starts_at <= now or event.cancelled_at is not None:
        return moved
    waiting = EventSeat.objects.select_for_update(of=("self",)).filter(event=event, state=SeatState.WAITING)
    for seat in waiting.order_by("asked_at", "pk"):
        if _take(event, seat.seats):
            seat.state, seat.moved_up_at = SeatState.GOING, now
            seat.save(update_fields=["state", "moved_up_at"])
            tell(seat, _("你候补的活动有座位了"), _("你候补的活动有座位了，已经给你留好。去不了的话请取消。"))
            moved.append(seat)
    return moved


@transaction.atomic(durable=True)
def change_seats(*, event: Event, seats: int, now: datetime | None = None) -> Event:
    """Offer more seats or fewer, never fewer than are taken; more of them go to those who wait. Raises TooFewSeats."""
    if not Event.objects.filter(pk=event.pk, taken__lte=seats).update(seats=seats):
        raise TooFewSeats
    changed = Event.objects.select_for_update().get(pk=event.pk)
    move_up(changed, now=now or timezone.now())
    changed.refresh_from_db()
    return changed


@transaction.atomic(durable=True)
def cancel_event(*, event: Event, now: datetime | None = None) -> int:
    """Call a talk off and tell everybody who signed up; return how many could be told."""
    now = now or timezone.now()
    if not Event.objects.filter(pk=event.pk, cancelled_at=None).update(cancelled_at=now):
        return 0
    rows = EventSeat.objects.filter(event=event).exclude(state=SeatState.CANCELLED).select_related("event", "person")
    return sum(tell(seat, _("活动取消了"), _("你报名的活动取消了，很抱歉。页面上有说明。")) for seat in rows)


def tell(seat: EventSeat, subject: str, body: str) -> bool:
    """Tell who signed up, in the app or by e-mail as they left it; return whether there was a way."""
    if seat.person is not None:
        notify(
            key=f"talk-{seat.public_id}-{hashlib.sha256(subject.encode()).hexdigest()[:12]}",
            recipient=seat.person,
            subject=subject,
            body=body,
            url=seat.event.get_absolute_url(),
            channels=[Channel.IN_APP],
        )
        return True
    return write_to(seat.contact, subject, f"{body}\n") if seat.contact else False
