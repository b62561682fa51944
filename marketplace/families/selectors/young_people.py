"""A young person's day, money and way back in."""

from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.utils import timezone

from marketplace.accounts.models import RecoveryCode

from ..age_rules import SelfPay, rules_on
from ..enums import InvitationKind
from ..minor_mode import Limits, limits_for
from ..models import Child, GuardianLimits, Invitation


def unanswered_asks(*, now: datetime | None = None) -> QuerySet[Child]:
    """Profiles of children who asked a parent before having an account, and whose questions have all run out."""
    asks = Invitation.objects.filter(child=OuterRef("pk"), kind=InvitationKind.TEEN_ASKS_GUARDIAN, invited_by=None)
    return Child.objects.filter(
        Exists(asks), ~Exists(asks.filter(expires_at__gt=now or timezone.now())), account=None, guardianships=None
    )


def usable_recovery_codes(user: Any, *, now: datetime | None = None) -> QuerySet[RecoveryCode]:
    """A person's recovery codes that are still good, oldest first."""
    good = Q(expires_at=None) | Q(expires_at__gt=now or timezone.now())
    return RecoveryCode.objects.filter(good, user=user, used_at=None).order_by("pk")


class Day(NamedTuple):
    """A young person's day in minor mode, as it was written down last."""

    child_id: int
    limits: Limits
    minutes: int
    last_seen_at: datetime | None


def day_of(user: Any, *, now: datetime) -> Day | None:
    """A young person's day, in one query; None for somebody without a profile."""
    today = timezone.localdate(now)
    child = (
        Child.objects.filter(account_id=user.pk, archived_at=None)
        .select_related("guardian_limits")
        .annotate(today=FilteredRelation("screen_time", condition=Q(screen_time__day=today)))
        .annotate(minutes_today=F("today__minutes"), seen_at=F("today__last_seen_at"))
        .first()
    )
    if child is None:
        return None
    limits = limits_for(rules_on(child.born_on, today), chosen_limits(child))
    if not settings.MINOR_MODE_NIGHTS:
        limits = replace(limits, night=None)
    return Day(child.pk, limits, child.minutes_today or 0, child.seen_at)


def chosen_limits(child: Child) -> GuardianLimits | None:
    """What a guardian chose for a child, or None; no query where it was loaded along."""
    try:
        return child.guardian_limits
    except GuardianLimits.DoesNotExist:
        return None


def self_pay_of(child: Child) -> SelfPay:
    """What this young person may pay alone today: the age rule, or what a guardian chose inside it."""
    rules, chosen = child.rules, chosen_limits(child)
    if chosen is None or rules.is_adult:
        return rules.self_pay
    once, month = chosen.self_pay_once_fen, chosen.self_pay_month_fen
    return SelfPay(
        once_fen=rules.self_pay.once_fen if once is None else min(once, rules.self_pay_most.once_fen or 0),
        month_fen=rules.self_pay.month_fen if month is None else min(month, rules.self_pay_most.month_fen or 0),
    )
