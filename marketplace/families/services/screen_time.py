"""Minor mode's book-keeping: minutes spent, and what a guardian chose."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.notifications.services import notify

from .. import locks, rules
from ..age_rules import AgeRules
from ..errors import BeyondTheRules, NotYourChild
from ..minor_mode import EARLIEST_NIGHT, LATEST_MORNING, LEAST_MINUTES, NO_LIMITS, Standing, counted
from ..models import GuardianLimits, ScreenTime
from ..selectors import Day, day_of


def note_presence(*, user: Any, is_counted: bool = True, now: datetime | None = None) -> Standing | None:
    """Count that a young person is here, and return how the day stands; None for somebody without limits.

    One query, and at most one write a minute; none at rest. Two pages at once count a minute once.
    """
    now = now or timezone.now()
    day = day_of(user, now=now)
    if day is None or day.limits == NO_LIMITS:
        return None
    before = Standing(day.minutes, day.limits, now)
    if not is_counted or (before.is_over and not before.may_finish):
        return before
    return Standing(_count(day, now), day.limits, now)


def _count(day: Day, now: datetime) -> int:
    if day.last_seen_at is None:
        first = ScreenTime(child_id=day.child_id, day=timezone.localdate(now), last_seen_at=now)
        ScreenTime.objects.bulk_create([first], ignore_conflicts=True)
        return 0
    if (now - day.last_seen_at).total_seconds() < 60:
        return day.minutes
    minutes = counted(minutes=day.minutes, last_seen_at=day.last_seen_at, now=now)
    same = ScreenTime.objects.filter(child_id=day.child_id, day=timezone.localdate(now), last_seen_at=day.last_seen_at)
    same.update(minutes=minutes, last_seen_at=now)
    return minutes


def set_guardian_limits(
    *,
    guardian: Any,
    public_id: UUID,
    daily_minutes: int | None = None,
    night_from: time | None = None,
    night_until: time | None = None,
    self_pay_once_fen: int | None = None,
    self_pay_month_fen: int | None = None,
) -> GuardianLimits:
    """Keep what a full guardian chose inside the age rules; None: as the rule says. The young person is told.

    Raises NotYourChild, BeyondTheRules (more than the age allows, or so little that nothing is left).
    """
    with transaction.atomic():
        child = locks.child(public_id).select_related("account").first()
        if child is None or not rules.may_edit_child(guardian, child):
            raise NotYourChild
        _refuse_beyond(child.rules, daily_minutes, night_from, night_until, self_pay_once_fen, self_pay_month_fen)
        limits, _created = GuardianLimits.objects.update_or_create(
            child=child,
            defaults={
                "daily_minutes": daily_minutes,
                "night_from": night_from,
                "night_until": night_until,
                "self_pay_once_fen": self_pay_once_fen,
                "self_pay_month_fen": self_pay_month_fen,
                "set_by": guardian,
                "set_at": timezone.now(),
            },
        )
        if child.account:
            notify(
                key=f"limits:{limits.pk}:{limits.set_at:%Y%m%d%H%M%S}",
                recipient=child.account,
                subject=_("使用设置有变化"),
                body=_("家里的大人改了你的使用时间或零花钱设置，登录后可以看到。"),
                url=reverse("me"),
            )
    return limits


def _refuse_beyond(
    rule: AgeRules,
    daily_minutes: int | None,
    night_from: time | None,
    night_until: time | None,
    once_fen: int | None,
    month_fen: int | None,
) -> None:
    night = rule.night or (time(0), time(0))
    spans = (
        (daily_minutes, LEAST_MINUTES, rule.daily_minutes),
        (night_from, EARLIEST_NIGHT, night[0]),
        (night_until, night[1], LATEST_MORNING),
        (once_fen, 0, rule.self_pay_most.once_fen),
        (month_fen, 0, rule.self_pay_most.month_fen),
    )
    if any(chosen is not None and not (least <= chosen <= (most or least)) for chosen, least, most in spans):  # type: ignore[operator]
        raise BeyondTheRules
