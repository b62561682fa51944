"""The end of a grant: announced a month and a week before; what was paid and not used goes back by itself."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.order.locks import lock_order_with_holdings
from marketplace.core.formatting import day_text
from marketplace.notifications.services import notify

from .. import locks
from ..models import CreditGrant
from ..rules import REMIND_MONTH, REMIND_WEEK, is_bought
from .refunding import return_units

logger = logging.getLogger(__name__)


def end_due_grants(*, now: datetime | None = None, limit: int = 200) -> int:
    """End what has run out, each in a transaction of its own, and return how many ended.

    Nothing that was paid is forfeited: unused sessions of a bought package go back as money.
    """
    now = now or timezone.now()
    due = CreditGrant.objects.filter(ended_at=None, expires_at__lte=now).order_by("expires_at", "pk")
    ended = 0
    for grant_id in list(due.values_list("pk", flat=True)[:limit]):
        try:
            ended += _end_due(grant_id, now)
        except Exception:  # one family's trouble is not the others'
            logger.exception("grant %s could not be ended", grant_id)
    return ended


@transaction.atomic(durable=True)
def _end_due(grant_id: int, now: datetime) -> bool:
    unlocked = CreditGrant.objects.select_related("order_line").get(pk=grant_id)
    if unlocked.order_line is not None:
        lock_order_with_holdings(unlocked.order_line.order_id)
    grant = locks.locked_grant(grant_id)
    if grant.ended_at is not None or grant.expires_at > now:
        return False
    if grant.left and is_bought(grant):
        return_units(grant_id=grant.pk, units=grant.left, asked_by=grant.owner, now=now)
        _tell_ended(grant)
    return bool(CreditGrant.objects.filter(pk=grant_id).update(ended_at=now))


@transaction.atomic
def end_grant(*, grant_id: int, now: datetime | None = None) -> None:
    """End a grant at once, without money: its order was taken back whole, or its plan's period is over. Repeats do nothing."""
    CreditGrant.objects.filter(pk=grant_id, ended_at=None).update(ended_at=now or timezone.now())


def remind_of_ending(*, now: datetime | None = None) -> int:
    """Say a month and a week ahead that sessions will end, once each; return how many were told."""
    now = now or timezone.now()
    with_some_left = CreditGrant.objects.filter(ended_at=None, expires_at__gt=now, total__gt=F("used") + F("returned"))
    week = with_some_left.filter(expires_at__lte=now + REMIND_WEEK, reminded_week_at=None)
    month = with_some_left.filter(
        expires_at__lte=now + REMIND_MONTH, expires_at__gt=now + REMIND_WEEK, reminded_month_at=None
    )
    # What lives shorter than the notice itself is announced by its week only.
    month = month.filter(created_at__lte=F("expires_at") - timedelta(days=31))
    week = week.filter(Q(created_at__lte=F("expires_at") - timedelta(days=8)))
    return _remind(week, "reminded_week_at", now) + _remind(month, "reminded_month_at", now)


def _remind(grants: QuerySet[CreditGrant], column: str, now: datetime) -> int:
    told = 0
    for grant in grants.select_related("owner"):
        with transaction.atomic():
            if CreditGrant.objects.filter(pk=grant.pk, **{column: None}).update(**{column: now}):
                _tell_ending(grant, column)
                told += 1
    return told


def _tell_ending(grant: CreditGrant, notice: str) -> None:
    words = (
        _("还有 {count} 次没有用，{day} 到期。到期没用完的，按没用的次数把钱退给你。")
        if is_bought(grant)
        else _("还有 {count} 次没有用，{day} 到期。")
    )
    notify(
        key=f"credits:{grant.pk}:{notice}:{grant.expires_at:%F}",
        recipient=grant.owner,
        subject=_("有次数快到期了"),
        body=words.format(count=grant.left, day=day_text(grant.expires_at)),
        url=reverse("credits:detail", args=[grant.public_id]),
    )


def _tell_ended(grant: CreditGrant) -> None:
    notify(
        key=f"credits:{grant.pk}:ended",
        recipient=grant.owner,
        subject=_("次卡到期，没用的退回"),
        body=_("次卡到期了，没有用的次数会按原价原路退回，不用做任何事。"),
        url=reverse("credits:detail", args=[grant.public_id]),
    )
