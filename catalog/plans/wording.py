"""Plans in words: what a version said, and how a step stands, for pages and exports."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking
from catalog.waitlist.models import WaitlistEntry, WaitlistOffer
from catalog.waitlist.selectors import live_offer_of

from .enums import GoalStatus, PlanStatus, Promise, StepStatus
from .models import CarePlan, PlanStep, PlanVersion
from .rules import can_be_booked, promise_of, standing_booking

PLAN_KINDS: dict[str, str] = {PlanStatus.DRAFT: "wait", PlanStatus.ACTIVE: "good"}
GOAL_KINDS: dict[str, str] = {GoalStatus.ACTIVE: "note", GoalStatus.COMPLETED: "good"}
STEP_KINDS: dict[str, str] = {
    StepStatus.SCHEDULED: "note",
    StepStatus.IN_PROGRESS: "note",
    StepStatus.COMPLETED: "good",
}
PROMISE_KINDS = {
    Promise.BOOKED: "good",
    Promise.OFFERED: "note",
    Promise.WAITING: "wait",
    Promise.MISSING: "bad",
    Promise.UNMET: "bad",
}
#: What a booking that fills a step makes of its state, where that says more than the step's own.
_BOOKING_WORDS: dict[str, tuple[str | Lazy, str]] = {
    BookingStatus.PENDING: (_("时间留着，等付款"), "wait"),
    BookingStatus.PROPOSED: (_("等机构确认"), "wait"),
}


@dataclass(frozen=True)
class StepCard:
    """A step as pages show it: its appointment, or the way to one, or the wait for one."""

    step: PlanStep
    booking: Booking | None
    can_be_booked: bool
    entry: WaitlistEntry | None
    offer: WaitlistOffer | None
    promise: Promise | None
    label: str | Lazy
    kind: str

    @property
    def promise_kind(self) -> str:
        """The colour of the promise."""
        return PROMISE_KINDS[self.promise] if self.promise else ""


def step_cards(plan: CarePlan, *, now: datetime) -> list[StepCard]:
    """Return a loaded plan's steps in their order. No query."""
    return [step_card(step, now=now) for step in plan.steps.all()]


def step_card(step: PlanStep, *, now: datetime) -> StepCard:
    """Return one loaded step as pages show it."""
    booking = standing_booking(step, now=now)
    entry = step.waitlist_entry if step.waitlist_entry and step.waitlist_entry.is_live and booking is None else None
    label, kind = _BOOKING_WORDS.get(booking.status if booking else "", (_status_label(step), _kind(step)))
    return StepCard(
        step=step,
        booking=booking,
        can_be_booked=can_be_booked(step, now=now),
        entry=entry,
        offer=live_offer_of(entry, now=now) if entry else None,
        promise=promise_of(step, today=timezone.localdate(now), now=now) if step.plan.is_active else None,
        label=label,
        kind=kind,
    )


def _status_label(step: PlanStep) -> str | Lazy:
    return StepStatus(step.status).label


def _kind(step: PlanStep) -> str:
    return STEP_KINDS.get(step.status, "")


@dataclass(frozen=True)
class Line:
    """A goal or a step as a version said it."""

    text: str
    label: str | Lazy
    kind: str
    review_on: date | None = None
    asks_for: str = ""


@dataclass(frozen=True)
class Said:
    """What a plan said after one change."""

    version: PlanVersion
    title: str
    about: str
    closing: str
    status: str | Lazy
    review_on: date | None
    goals: list[Line]
    steps: list[Line]


def said(version: PlanVersion) -> Said | None:
    """Return a version in words; None where it was erased."""
    content: Any = version.content
    if not isinstance(content, dict):
        return None
    return Said(
        version=version,
        title=content["title"],
        about=content["about"],
        closing=content["closing"],
        status=PlanStatus(content["status"]).label,
        review_on=_day(content["review_on"]),
        goals=[
            Line(each["text"], GoalStatus(each["status"]).label, GOAL_KINDS.get(each["status"], ""))
            for each in content["goals"]
        ],
        steps=[
            Line(
                each["text"],
                StepStatus(each["status"]).label,
                STEP_KINDS.get(each["status"], ""),
                _day(each["review_on"]),
                each["asks_for"],
            )
            for each in content["steps"]
        ],
    )


def _day(text: str | None) -> date | None:
    return parse_date(text) if text else None
