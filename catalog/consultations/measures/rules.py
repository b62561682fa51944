"""Who is asked what, and when."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from catalog.scheduling.enums import Attendee, BookingStatus
from catalog.scheduling.models import Booking
from marketplace.accounts.models import User
from marketplace.families.age_rules import rules_on
from marketplace.families.models import Child
from marketplace.families.rules import may_see_child

from .instruments import Instrument, instruments_for

#: From when on before a session.
ASKED_BEFORE = timedelta(hours=24)
#: When a message about it may arrive, by the clock of Shanghai: not at night.
WAKING_HOURS = (time(8), time(21))


def asked_of(child: Child, day: datetime) -> list[Instrument]:
    """Return the instruments that fit a child's age on the (Shanghai) day of a moment."""
    return instruments_for(rules_on(child.born_on, timezone.localdate(day)).age)


def is_open(booking: Booking, now: datetime) -> bool:
    """Whether it is the time to ask: a day before a young person's session until its end."""
    if booking.status != BookingStatus.BOOKED or booking.attendee != Attendee.CHILD:
        return False
    return booking.starts_at - ASKED_BEFORE <= now < booking.ends_at


def may_answer(user: User, child: Child) -> bool:
    """Whether this person opens the page: the young person; for a child without an account, who cares for it.

    A guardian hands the phone over; what was answered is not shown to them.
    """
    if child.account_id is not None:
        return child.account_id == user.pk
    return may_see_child(user, child)


def is_waking_hour(now: datetime) -> bool:
    """Whether a message may arrive now."""
    begins, ends = WAKING_HOURS
    return begins <= timezone.localtime(now).time() < ends
