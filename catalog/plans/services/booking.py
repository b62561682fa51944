"""A family takes a time for a step: a hold in their basket like any other, which points back to the step."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from catalog.basket.models import Line
from catalog.basket.services import put_session_in_basket, remove_line
from catalog.scheduling.models import Booking
from catalog.waitlist.models import WaitlistEntry
from catalog.waitlist.services import leave_waitlist
from marketplace.accounts.models import User
from marketplace.core.errors import Refusal

from .. import locks, rules, selectors
from ..errors import BookedAlready, NothingToBook, NotYourPlan
from ..models import PlanStep, StepBooking
from ..sights import is_open_to_family


def book_step(*, step: PlanStep, booked_by: User, starts_at: datetime, mode: str, now: datetime | None = None) -> Line:
    """Hold a time for a step's session and put it into the person's basket; the booking is based on the step.

    The hold comes first, in a transaction of its own, since it locks providers and children; where another of the family
    was quicker with this step it is given back.

    Raises: NotYourPlan, NothingToBook, BookedAlready; what `put_session_in_basket` refuses (SlotTaken, GuardianPays, ...).
    """
    now = now or timezone.now()
    found = _bookable(step, booked_by, now)
    if found.service is None:
        raise NothingToBook
    line = put_session_in_basket(
        user=booked_by,
        service=found.service,
        provider=found.provider,
        child=found.plan.child,
        mode=mode,
        starts_at=starts_at,
        now=now,
    )
    try:
        _point_back(found.pk, line, now)
    except Refusal:
        remove_line(user=booked_by, line_id=line.pk)
        raise
    return line


def _bookable(step: PlanStep, user: User, now: datetime) -> PlanStep:
    try:
        found = selectors.step_of_family(user, step.public_id)
    except PlanStep.DoesNotExist:
        raise NotYourPlan from None
    if not is_open_to_family(user, found.plan.child):
        raise NotYourPlan
    _refuse_unbookable(found, now)
    return found


def _refuse_unbookable(step: PlanStep, now: datetime, *, but: Booking | None = None) -> None:
    standing = rules.standing_booking(step, now=now)
    if standing is not None and standing != but:
        raise BookedAlready
    if standing is None and not rules.can_be_booked(step, now=now):
        raise NothingToBook


@transaction.atomic(durable=True)
def _point_back(step_id: int, line: Line, now: datetime) -> None:
    if line.booking is None:
        raise NothingToBook
    step = locks.locked_step(step_id)
    _refuse_unbookable(step, now, but=line.booking)
    StepBooking.objects.get_or_create(booking=line.booking, defaults={"step": step, "made_at": now})


def drop_waiting(*, entry_id: int) -> None:
    """Take a step's place off the waiting list: it has a time, or is not wanted any more. Repeats do nothing."""
    entry = WaitlistEntry.objects.select_related("joined_by").filter(pk=entry_id).first()
    if entry is not None:
        leave_waitlist(entry=entry, left_by=entry.joined_by)
