"""A step follows its booking. Each joins the booking's transaction, after its lock."""

from catalog.scheduling.enums import Attendee, BookingStatus, CancelledBy
from catalog.scheduling.models import Booking

from .. import locks
from ..enums import OPEN_STEP_STATUSES, PlanStatus, StepStatus
from ..models import PlanStep, StepBooking
from .ending import leave_later


def note_booked(*, booking: Booking) -> None:
    """A place is fixed: its step has its time, and waits no more.

    It is the step it was made for, the one whose place on the waiting list it was kept for, or the child's one open step
    that asks for this very service: whoever found the time another way has taken that step too.
    """
    step = _step_for(booking)
    if step is None:
        return
    locked = locks.locked_step(step.pk)
    StepBooking.objects.get_or_create(booking=booking, defaults={"step": locked})
    if locked.status in OPEN_STEP_STATUSES:
        _set(locked, StepStatus.SCHEDULED)
    entry = locked.waitlist_entry
    if entry is not None and entry.is_live and not entry.offers.filter(places__booking=booking).exists():
        leave_later([entry.pk])


def note_ended(*, booking: Booking, cancelled_by: CancelledBy) -> None:
    """A place was given back: the step can be booked again. A hold that lapsed had changed nothing."""
    step = _step_of(booking)
    if step is not None:
        locked = locks.locked_step(step.pk)
        if locked.status == StepStatus.SCHEDULED and not _has_another(locked, booking):
            _set(locked, StepStatus.NOT_STARTED if locked.plan.is_live else StepStatus.CANCELLED)


def note_attended(*, booking: Booking) -> None:
    """Somebody said whether it took place: the step is done, or can be booked again; a correction corrects it too."""
    step = _step_of(booking)
    if step is None:
        return
    locked = locks.locked_step(step.pk)
    if booking.status == BookingStatus.FULFILLED:
        _set(locked, StepStatus.COMPLETED)
    elif locked.status in (StepStatus.SCHEDULED, StepStatus.COMPLETED) and not _has_another(locked, booking):
        _set(locked, StepStatus.NOT_STARTED if locked.plan.is_live else StepStatus.CANCELLED)


def _step_of(booking: Booking) -> PlanStep | None:
    return PlanStep.objects.filter(step_bookings__booking=booking).first()


def _step_for(booking: Booking) -> PlanStep | None:
    """One small query where the child has no plan that runs, as most have none."""
    running = PlanStep.objects.filter(plan__child=booking.child_id, plan__status=PlanStatus.ACTIVE)
    steps = list(running.order_by("order", "pk"))
    if not steps:
        return None
    return _step_of(booking) or _step_waiting(booking) or _step_asking(booking, steps)


def _step_waiting(booking: Booking) -> PlanStep | None:
    return PlanStep.objects.filter(waitlist_entry__offers__places__booking=booking).first()


def _step_asking(booking: Booking, steps: list[PlanStep]) -> PlanStep | None:
    asking = [each for each in steps if each.service_id == booking.service_id and each.status in OPEN_STEP_STATUSES]
    return asking[0] if len(asking) == 1 and booking.attendee == Attendee.CHILD else None


def _has_another(step: PlanStep, booking: Booking) -> bool:
    fixed = (BookingStatus.BOOKED, BookingStatus.FULFILLED)
    return step.step_bookings.exclude(booking=booking).filter(booking__status__in=fixed).exists()


def _set(step: PlanStep, status: StepStatus) -> None:
    step.status = status
    step.save(update_fields=["status"])
