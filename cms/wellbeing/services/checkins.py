"""Asking how it is at the times somebody chose: setting it up, asking, putting off, stopping."""

from collections.abc import Collection
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.families.models import Child
from marketplace.notifications.enums import Channel
from marketplace.notifications.services import notify

from ..diary_errors import NoMomentLeft, NotAskedNow, SnoozedEnough
from ..locks import checkins as locks
from ..models import CheckInPlan, CheckInPrompt
from ..rules import checkins as rules
from ..rules.checkins import Schedule

#: How many plans one run of the clock deals with.
_AT_ONCE = 500


@transaction.atomic(durable=True)
def start_plan(
    *, child: Child, times: Collection[time], days: Collection[int], now: datetime | None = None, **hours: Any
) -> CheckInPlan:
    """Switch check-ins on, or change their times. `hours`: quiet hours and lessons, as in CheckInPlan.

    Raises NoMomentLeft where the rules leave nothing of what was chosen.
    """
    now = now or timezone.now()
    plan = locks.plan_of(child) or CheckInPlan(child=child)
    plan.times, plan.days = sorted(set(times)), sorted(set(days))
    for name, value in hours.items():
        setattr(plan, name, value)
    if plan.stopped_at or plan.pk is None:
        plan.started_at = now
    plan.stopped_at = None
    plan.next_at = rules.next_asking(schedule_of(plan), now)
    if plan.next_at is None:
        raise NoMomentLeft
    plan.save()
    return plan


@transaction.atomic(durable=True)
def stop_plan(*, child: Child, now: datetime | None = None) -> None:
    """Stop asking at once; what is open is let go too. Doing it twice is doing it once."""
    now = now or timezone.now()
    plan = locks.plan_of(child)
    if plan is None or plan.stopped_at:
        return
    plan.stopped_at, plan.next_at = now, None
    plan.save(update_fields=["stopped_at", "next_at"])
    plan.prompts.filter(ended_at=None).update(ended_at=now, snoozed_until=None)


@transaction.atomic(durable=True)
def snooze_prompt(*, child: Child, public_id: UUID, now: datetime | None = None) -> CheckInPrompt:
    """Put an asking off; where it would come back at a shut moment it is let go instead.

    Raises NotAskedNow, SnoozedEnough (it is let go then), CheckInPrompt.DoesNotExist.
    """
    now = now or timezone.now()
    prompt = locks.prompt(child, public_id)
    if prompt.ended_at:
        raise NotAskedNow
    if prompt.snoozes >= rules.MOST_SNOOZES:
        raise SnoozedEnough
    prompt.snoozed_until = rules.snoozed_until(schedule_of(prompt.plan), now)
    prompt.snoozes += 1
    if prompt.snoozed_until is None:
        prompt.ended_at = now
    prompt.save(update_fields=["snoozed_until", "snoozes", "ended_at"])
    return prompt


@transaction.atomic(durable=True)
def let_go(*, child: Child, public_id: UUID, now: datetime | None = None) -> None:
    """Not this time; nobody asks again. Raises CheckInPrompt.DoesNotExist."""
    prompt = locks.prompt(child, public_id)
    if prompt.ended_at is None:
        _end(prompt, now or timezone.now())


def ask_how_it_is(*, now: datetime | None = None) -> int:
    """Ask whoever wanted to be asked now, ask again after a rest, let go what nobody answered; return how many were asked."""
    now = now or timezone.now()
    asked = 0
    for _each in range(_AT_ONCE):
        step = _ask_next(now)
        if step is None:
            break
        asked += step
    return asked + _follow_prompts(now)


@transaction.atomic(durable=True)
def _ask_next(now: datetime) -> int | None:
    """Ask of one plan, or pass a moment over that is shut or long gone; None where nothing is due."""
    plan = locks.due_plans(now).first()
    if plan is None or plan.next_at is None:
        return None
    schedule, due_at = schedule_of(plan), plan.next_at
    plan.next_at = rules.next_asking(schedule, now)
    plan.save(update_fields=["next_at"])
    if rules.is_too_late(due_at, now) or not rules.may_ask_at(schedule, now):
        return 0
    plan.prompts.filter(ended_at=None).update(ended_at=now, snoozed_until=None)
    prompt, is_new = CheckInPrompt.objects.get_or_create(plan=plan, due_at=due_at, defaults={"told_at": now})
    if is_new:
        _tell(prompt)
    return int(is_new)


@transaction.atomic(durable=True)
def _follow_prompts(now: datetime) -> int:
    told = 0
    for prompt in locks.open_prompts(now, now - rules.LASTS)[:_AT_ONCE]:
        comes_back = prompt.snoozed_until is not None and not rules.is_too_late(prompt.snoozed_until, now)
        if comes_back and prompt.plan.is_running and rules.may_ask_at(schedule_of(prompt.plan), now):
            prompt.snoozed_until, prompt.told_at = None, now
            prompt.save(update_fields=["snoozed_until", "told_at"])
            _tell(prompt)
            told += 1
        else:
            _end(prompt, now)
    return told


def schedule_of(plan: CheckInPlan) -> Schedule:
    """Return what a plan says about time, as the rules take it."""
    return Schedule(
        times=tuple(plan.times),
        days=frozenset(plan.days),
        quiet_from=plan.quiet_from,
        quiet_until=plan.quiet_until,
        keeps_lessons=plan.keeps_lessons,
        lessons_from=plan.lessons_from,
        midday_from=plan.midday_from,
        midday_until=plan.midday_until,
        lessons_until=plan.lessons_until,
    )


def _end(prompt: CheckInPrompt, now: datetime) -> None:
    prompt.ended_at, prompt.snoozed_until = now, None
    prompt.save(update_fields=["ended_at", "snoozed_until"])


def _tell(prompt: CheckInPrompt) -> None:
    """Say that there is a small greeting; inside the site and by push alone, never by SMS or e-mail."""
    account = prompt.plan.child.account
    if account is not None:
        notify(
            key=f"greeting:{prompt.public_id}:{prompt.snoozes}",
            recipient=account,
            body=_("有一个小问候，想看的时候点开。"),
            url=reverse("wellbeing:checkin", args=[prompt.public_id]),
            channels=[Channel.IN_APP, Channel.PUSH],
        )
