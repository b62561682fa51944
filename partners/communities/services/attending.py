"""Signing up for an activity, giving seats back, checking in at the door, and saying what it was like.

Seats move by one conditional UPDATE; a CHECK stands behind it.
"""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from marketplace.accounts.models import User

from .. import locks
from ..enums import ActivityState, SignUpState
from ..errors import AlreadySignedUp, Full, NotSignedUp, NotThereYet, SignUpClosed, TooEarly
from ..models import Activity, Answer, SignUp

_NUMBER_RANGE = 900_000
_FIRST_NUMBER = 100_000
#: So often a number that is taken is drawn again; with a full house of 2,000 one draw misses in 450.
_DRAWS = 5


@transaction.atomic(durable=True)
def sign_up(*, activity: Activity, person: User, seats: int = 1, now: datetime | None = None) -> SignUp:
    """Take seats. Raises SignUpClosed, AlreadySignedUp, Full."""
    if not is_open(Activity.objects.get(pk=activity.pk), now or timezone.now()):
        raise SignUpClosed
    take_seats(activity.pk, seats)
    if SignUp.objects.filter(activity=activity, person=person, state=SignUpState.GOING).exists():
        raise AlreadySignedUp
    for _draw in range(_DRAWS):
        number = str(_FIRST_NUMBER + secrets.randbelow(_NUMBER_RANGE))
        try:
            with transaction.atomic():
                return SignUp.objects.create(activity=activity, person=person, seats=seats, number=number)
        except IntegrityError:
            continue
    raise Full


def is_open(activity: Activity, now: datetime) -> bool:
    """Return whether one may sign up now."""
    return activity.state == ActivityState.PUBLISHED and now < activity.starts_at


def take_seats(activity_id: int, seats: int) -> None:
    """Take seats of a published activity; test and write are one statement. Raises Full."""
    free = Activity.objects.filter(pk=activity_id, state=ActivityState.PUBLISHED, taken__lte=F("capacity") - seats)
    if not free.update(taken=F("taken") + seats):
        raise Full


@transaction.atomic(durable=True)
def cancel_sign_up(*, sign_up: SignUp) -> None:
    """Give the seats back. Raises NotSignedUp where they were given back, or the person is there already."""
    locks.locked_activity(sign_up.activity_id)
    sign_up = locks.locked_sign_up(sign_up.pk)
    if sign_up.state != SignUpState.GOING or sign_up.checked_in_at is not None:
        raise NotSignedUp
    give_seats_back(sign_up)


def give_seats_back(sign_up: SignUp) -> None:
    """Free the seats of a sign-up. Joins the caller's transaction."""
    Activity.objects.filter(pk=sign_up.activity_id).update(taken=F("taken") - sign_up.seats)
    sign_up.state = SignUpState.CANCELLED
    sign_up.save(update_fields=["state"])


@transaction.atomic(durable=True)
def check_in(*, activity: Activity, number: str, now: datetime | None = None) -> SignUp:
    """Note that somebody came, by the number they show; a second time changes nothing. Raises TooEarly, NotSignedUp."""
    now = now or timezone.now()
    activity = locks.locked_activity(activity.pk)
    if timezone.localdate(now) < timezone.localdate(activity.starts_at):
        raise TooEarly
    found = SignUp.objects.filter(activity=activity, number=number.strip(), state=SignUpState.GOING).first()
    if found is None or activity.state != ActivityState.PUBLISHED:
        raise NotSignedUp
    if found.checked_in_at is None:
        found.checked_in_at = now
        found.save(update_fields=["checked_in_at"])
        Activity.objects.filter(pk=activity.pk).update(came=F("came") + found.seats)
    return found


@transaction.atomic(durable=True)
def answer_activity(*, sign_up: SignUp, helpful: int, would_come_again: bool) -> None:
    """Write an answer that hangs on nobody; the sign-up keeps only that there was one. Raises NotThereYet."""
    locks.locked_activity(sign_up.activity_id)
    sign_up = locks.locked_sign_up(sign_up.pk)
    if sign_up.checked_in_at is None or sign_up.has_answered:
        raise NotThereYet
    sign_up.has_answered = True
    sign_up.save(update_fields=["has_answered"])
    Answer.objects.create(activity_id=sign_up.activity_id, helpful=helpful, would_come_again=would_come_again)
