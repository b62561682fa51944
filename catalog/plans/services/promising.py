"""Keeping a promise of a time by a day: look for free ones, and wait with that day where there are none."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from catalog.scheduling.selectors import Slot
from catalog.waitlist.models import WaitlistEntry
from catalog.waitlist.services import wait_until
from marketplace.accounts.models import User
from marketplace.core.errors import Refusal
from marketplace.families.models import Child
from marketplace.families.selectors import guardians_of
from payments.requests.rules import may_fill_a_basket

from .. import locks, selectors
from ..enums import OPEN_STEP_STATUSES
from ..models import PlanStep
from ..sights import is_open_to_family


def keep_promise(*, step: PlanStep, now: datetime) -> None:
    """Offer a step's free times up to its day; without any, put the child on the waiting list. Repeats do no more.

    Looking and waiting lock providers and families, so each stands alone, before the step is locked.
    """
    today = timezone.localdate(now)
    if step.needed_by is None or step.service is None or step.needed_by < today:
        return
    free = selectors.free_times(step, from_on=today, to_on=step.needed_by, now=now)
    if free:
        _note_offered(step.pk, free[0], now)
    elif step.waitlist_entry is None or not step.waitlist_entry.is_live:
        entry = _wait(step, step.needed_by, now)
        if entry is not None:
            _note_waiting(step.pk, entry)


@transaction.atomic(durable=True)
def _note_offered(step_id: int, earliest: Slot, now: datetime) -> None:
    step = locks.locked_step(step_id)
    if step.offered_at is None and step.status in OPEN_STEP_STATUSES:
        step.offered_at, step.first_free_at = now, earliest.starts_at
        step.save(update_fields=["offered_at", "first_free_at"])


def _wait(step: PlanStep, needed_by: date, now: datetime) -> WaitlistEntry | None:
    """None where nobody can wait for them, or the service is not on sale any more: their day will be flagged."""
    child = step.plan.child
    person = _who_waits(child)
    if person is None or step.service is None:
        return None
    try:
        return wait_until(
            service=step.service, provider=step.provider, child=child, joined_by=person, needed_by=needed_by, now=now
        )
    except Refusal:
        return None


@transaction.atomic(durable=True)
def _note_waiting(step_id: int, entry: WaitlistEntry) -> None:
    step = locks.locked_step(step_id)
    if not PlanStep.objects.filter(waitlist_entry=entry).exclude(pk=step.pk).exists():
        step.waitlist_entry = entry
        step.save(update_fields=["waitlist_entry"])


def _who_waits(child: Child) -> User | None:
    """Whoever may see the plan and take a time: the young person who may choose for themselves, else a guardian.

    From 14 on a guardian may know of neither; then it is the young person or nobody.
    """
    if child.account is not None and child.rules.decides_alone and may_fill_a_basket(child.account):
        return child.account
    guardians = [each.guardian for each in guardians_of(child)]
    return next((each for each in guardians if is_open_to_family(each, child)), None)
