"""Answers before a session, and the goal they speak of."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from catalog.scheduling.models import Booking
from marketplace.accounts.models import User
from marketplace.core.search.words import asks_for_help_now
from marketplace.families.models import Child
from marketplace.safeguarding.enums import Source
from marketplace.safeguarding.gate.services import screen

from .. import locks, rules, selectors
from ..errors import AlreadyAnswered, HalfAnswered, NothingAnswered, NotNow, NotYours
from ..instruments import Instrument
from ..models import Goal, Invitation, Measurement
from .telling import tell_provider

#: By instrument: item -> points.
Answers = Mapping[str, Mapping[str, int]]


@transaction.atomic(durable=True)
def record_answers(
    *, booking_id: int, answers: Answers, answered_by: User, goal_text: str = "", now: datetime | None = None
) -> list[Measurement]:
    """Keep what a young person answered before a session; an instrument left out whole was skipped.

    Other words than the present goal's begin a new one.

    Raises:
        NotYours: somebody else's session.
        NotNow: earlier than a day before, or after its end.
        AlreadyAnswered: every instrument that fits was answered.
        NothingAnswered: not one was answered.
        HalfAnswered: some questions of an instrument are open.
    """
    now = now or timezone.now()
    booking = _booking_to_answer(booking_id, answered_by, now)
    asked = selectors.still_to_answer(booking, now)
    if not asked:
        raise AlreadyAnswered
    goal = _goal(booking.child, goal_text.strip(), now)
    given = [each for each in asked if answers.get(each.key) and not (each.needs_goal and goal is None)]
    if not given:
        raise NothingAnswered
    made = [_measured(booking, each, answers[each.key], goal, now) for each in given]
    tell_provider(booking)
    return made


@transaction.atomic(durable=True)
def decline(*, booking_id: int, declined_by: User, now: datetime | None = None) -> None:
    """Note that a young person would rather not answer this time; nobody is told. Raises: NotYours, NotNow."""
    now = now or timezone.now()
    booking = _booking_to_answer(booking_id, declined_by, now)
    Invitation.objects.update_or_create(booking=booking, defaults={"declined_at": now})


def screen_goal(*, booking: Booking, goal_text: str, written_by: User) -> bool:
    """Let the gate read what was written as a goal; whether the crisis numbers come first.

    The goal is known to the gate by its own id, and to people on duty by it.
    """
    if not goal_text.strip():
        return False
    goal = selectors.live_goal_of(booking.child)
    ref = str(goal.public_id) if goal and goal.text == goal_text.strip() else ""
    answer = screen(text=goal_text, source=Source.INTAKE, ref=ref, author=written_by, child=booking.child)
    return answer.card or asks_for_help_now(goal_text)


def _booking_to_answer(booking_id: int, user: User, now: datetime) -> Booking:
    booking = Booking.objects.select_related("child", "occupancy__provider__user").get(pk=booking_id)
    if not rules.may_answer(user, booking.child):
        raise NotYours
    if not rules.is_open(booking, now):
        raise NotNow
    locks.lock_child(booking.child_id)
    return booking


def _goal(child: Child, text: str, now: datetime) -> Goal | None:
    live = selectors.live_goal_of(child)
    if not text or (live is not None and live.text == text):
        return live
    if live is not None:
        live.ended_at = now
        live.save(update_fields=["ended_at"])
    return Goal.objects.create(child=child, text=text, set_at=now)


def _measured(
    booking: Booking, instrument: Instrument, items: Mapping[str, int], goal: Goal | None, now: datetime
) -> Measurement:
    try:
        score = instrument.score(items)
    except ValueError:
        raise HalfAnswered from None
    return Measurement.objects.create(
        child=booking.child,
        booking=booking,
        instrument=instrument.key,
        goal=goal if instrument.needs_goal else None,
        answers={"items": dict(items), "score": score},
        answered_at=now,
    )
