"""What may be changed when, and how it stands with what was promised. Pure."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking
from marketplace.accounts.models import User

from .enums import OPEN_STEP_STATUSES, Pathway, Promise, StepStatus
from .models import CarePlan, PlanStep

MOST_GOALS, MOST_STEPS = 6, 20
#: After so long without a change a plan ends by itself: nobody works with it any more.
LONGEST_SILENCE = timedelta(days=365)
#: Bookings that hold a step's place: as long as one stands, the step is not booked again.
STANDING = (BookingStatus.PROPOSED, BookingStatus.BOOKED, BookingStatus.FULFILLED)


def may_write(user: User, plan: CarePlan) -> bool:
    """Whether this is the provider whose plan it is; nobody else of the organisation writes for them."""
    return plan.provider.user_id == user.pk


def stands(booking: Booking, *, now: datetime) -> bool:
    """Whether a booking fills its step: made and not given back, or a hold that has not lapsed."""
    if booking.status == BookingStatus.PENDING:
        return booking.held_until is not None and booking.held_until > now
    return booking.status in STANDING


def standing_booking(step: PlanStep, *, now: datetime) -> Booking | None:
    """Return the booking that fills a step now, out of its loaded ones."""
    made = (link.booking for link in step.step_bookings.all())
    return next((booking for booking in made if stands(booking, now=now)), None)


def can_be_booked(step: PlanStep, *, now: datetime) -> bool:
    """Whether a time may be chosen for a step now; its plan and its bookings are loaded."""
    is_open = step.plan.is_active and step.status in OPEN_STEP_STATUSES
    return is_open and step.service_id is not None and standing_booking(step, now=now) is None


def is_promised(step: PlanStep) -> bool:
    """Whether somebody is still to be offered a time for it by a day."""
    return step.needed_by is not None and step.status != StepStatus.CANCELLED


def promise_of(step: PlanStep, *, today: date, now: datetime) -> Promise | None:
    """Return how it stands with what was promised; None where nothing was. Bookings and entry are loaded.

    Free times that were there to choose from keep the promise, whether or not the family chose one.
    """
    if not is_promised(step):
        return None
    if step.status in (StepStatus.SCHEDULED, StepStatus.COMPLETED) or standing_booking(step, now=now):
        return Promise.BOOKED
    if first_offer_at(step) is not None:
        return Promise.OFFERED
    if step.needed_by is not None and step.needed_by <= today:
        return Promise.UNMET
    entry = step.waitlist_entry
    return Promise.WAITING if entry is not None and entry.is_live else Promise.MISSING


def first_offer_at(step: PlanStep) -> datetime | None:
    """Return when the family first had a time to choose: free ones, or one kept for them by the waiting list."""
    moments = [step.offered_at] if step.offered_at else []
    if step.waitlist_entry is not None:
        moments += [offer.offered_at for offer in step.waitlist_entry.offers.all()]
    return min(moments, default=None)


def is_running(steps: Iterable[PlanStep]) -> bool:
    """Whether the first session of a pathway is still being arranged."""
    return any(step.needed_by is not None and step.status in OPEN_STEP_STATUSES for step in steps)


def comes_of_pathway(plan: CarePlan) -> bool:
    """Whether a template made it."""
    return plan.pathway != Pathway.NONE
