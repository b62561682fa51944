"""Telling a company of a debit to come, where it wants to know: WeChat, two days before."""

from datetime import datetime, timedelta
from typing import cast

from django.utils import timezone

from payments.gateways.base import GatewayRefused, GatewayUnclear
from payments.gateways.recurring import ChargingGateway
from payments.services.asking import ask
from payments.subscriptions.models import Agreement, BillingCycle, Subscription
from payments.subscriptions.services.companies import agreement_ref, debit_notice_days, recurring_gateway
from payments.subscriptions.services.periods import coming_cycle, running_agreement
from payments.subscriptions.timing import COMPANY_FORGETS, COMPANY_NOTICE_AHEAD, FRESH_AGREEMENT


def forewarn_company(*, subscription: Subscription, now: datetime) -> None:
    """Tell the company once, two and a half days before or as soon as renewal is chosen. Unclear: told at the next look.

    Talks to a gateway: call it outside transactions.
    """
    agreement, cycle = running_agreement(subscription), coming_cycle(subscription)
    if agreement is None or cycle is None or not is_forewarning_due(subscription, agreement, cycle, now=now):
        return
    gateway = cast(ChargingGateway, recurring_gateway(agreement.gateway))
    soonest = now + timedelta(days=debit_notice_days(agreement.gateway))
    on = timezone.localdate(max(cycle.period_starts_at, soonest))
    number = agreement.out_agreement_no
    try:
        ask(
            lambda: gateway.announce_charge(
                agreement_ref(agreement), out_trade_no=number, amount_fen=cycle.amount_fen, on=on
            )
        )
    except (GatewayUnclear, GatewayRefused):
        return
    Agreement.objects.filter(pk=agreement.pk).update(announced_at=now)


def is_forewarning_due(subscription: Subscription, agreement: Agreement, cycle: BillingCycle, *, now: datetime) -> bool:
    """Whether the company should be told now."""
    if not subscription.renews or not debit_notice_days(agreement.gateway) or _was_told(agreement, now):
        return False
    is_soon = now >= cycle.period_starts_at - COMPANY_NOTICE_AHEAD
    return is_soon and not _needs_no_word(agreement, max(now, cycle.period_starts_at))


def debit_allowed_at(agreement: Agreement, *, now: datetime) -> datetime | None:
    """From when the company takes this agreement's next debit; None as long as it has to be told first."""
    days = debit_notice_days(agreement.gateway)
    if not days or _needs_no_word(agreement, now):
        return now
    if agreement.announced_at is None or not _was_told(agreement, now):
        return None
    day = timezone.localtime(agreement.announced_at).replace(hour=0, minute=0, second=0, microsecond=0)
    return day + timedelta(days=days)


def _was_told(agreement: Agreement, now: datetime) -> bool:
    """Told, and not so long ago that it is forgotten; counted in days of the calendar."""
    if agreement.announced_at is None:
        return False
    return timezone.localdate(now) - timezone.localdate(agreement.announced_at) <= COMPANY_FORGETS


def _needs_no_word(agreement: Agreement, at: datetime) -> bool:
    """A debit right after signing needs no announcement, and is held up by one."""
    return (
        agreement.announced_at is None
        and agreement.signed_at is not None
        and at < agreement.signed_at + FRESH_AGREEMENT
    )
