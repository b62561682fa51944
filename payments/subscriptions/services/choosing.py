"""A family's word on what happens at the end: renew, end, or take the permission to debit away."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from payments.gateways.base import GatewayRefused, GatewayUnclear
from payments.services.asking import ask
from payments.subscriptions import locks
from payments.subscriptions.enums import (
    OPEN_AGREEMENTS,
    OPEN_STATES,
    CycleState,
    EndReason,
    SubscriptionState,
)
from payments.subscriptions.errors import NeedsAgreement, NoPlan
from payments.subscriptions.models import Agreement, Subscription
from payments.subscriptions.services.charging import give_up_period
from payments.subscriptions.services.companies import agreement_ref, invoicing_gateway
from payments.subscriptions.services.periods import (
    coming_cycle,
    end_subscription,
    give_up_agreement,
    look_at,
    running_agreement,
)


def choose_renewal(*, subscription: Subscription, renews: bool, now: datetime | None = None) -> None:
    """Renew at the end, or end there; may be changed until then as often as one likes.

    Raises NoPlan, NeedsAgreement. Talks to a gateway: call it outside transactions.
    """
    now = now or timezone.now()
    agreement, is_asked_for = _note_choice(subscription.pk, renews, now)
    if agreement is not None:
        pass_choice_on(agreement, renews=renews)
    if is_asked_for and not renews:
        give_up_period(subscription_id=subscription.pk, now=now)


@transaction.atomic(durable=True)
def _note_choice(subscription_id: int, renews: bool, now: datetime) -> tuple[Agreement | None, bool]:
    subscription = locks.locked_subscription(subscription_id)
    agreement = running_agreement(subscription)
    if subscription.state not in OPEN_STATES:
        raise NoPlan
    if renews and agreement is None:
        raise NeedsAgreement
    subscription.renews, subscription.choice_made_at = renews, now
    look_at(subscription, now)
    coming = coming_cycle(subscription)
    return agreement, coming is not None and coming.state == CycleState.DUE


def pass_choice_on(agreement: Agreement, *, renews: bool) -> None:
    """Tell a company that charges by itself; when it is unclear, the scheduler says it again."""
    gateway = invoicing_gateway(agreement.gateway)
    if gateway is None:
        return
    try:
        truth = ask(lambda: gateway.set_renewal(agreement_ref(agreement), renews=renews))
    except (GatewayUnclear, GatewayRefused):
        return
    if truth.renews == renews:
        Agreement.objects.filter(pk=agreement.pk).update(told_renews=renews)


def cancel_plan(*, subscription: Subscription, now: datetime | None = None) -> None:
    """Take back the permission to debit, at the company too; what is paid or on trial runs to its end.

    A company that charges by itself ends at the end of the period, so that it can be undone until then; the others
    end at once. Raises NoPlan. Talks to a gateway: call it outside transactions.
    """
    now = now or timezone.now()
    is_asked_for, told = _note_cancelled(subscription.pk, now)
    for agreement in told:
        pass_choice_on(agreement, renews=False)
    if is_asked_for:
        give_up_period(subscription_id=subscription.pk, now=now)


@transaction.atomic(durable=True)
def _note_cancelled(subscription_id: int, now: datetime) -> tuple[bool, list[Agreement]]:
    subscription = locks.locked_subscription(subscription_id)
    if subscription.state == SubscriptionState.ENDED:
        raise NoPlan
    if subscription.state == SubscriptionState.INCOMPLETE:
        if coming_cycle(subscription) is None:
            end_subscription(subscription, EndReason.NOT_STARTED, now=now)
        return coming_cycle(subscription) is not None, []
    subscription.renews, subscription.choice_made_at = False, now
    look_at(subscription, now)
    told = []
    for agreement in subscription.agreements.filter(state__in=OPEN_AGREEMENTS):
        if invoicing_gateway(agreement.gateway):
            told.append(agreement)
        else:
            give_up_agreement(agreement, now=now)
    coming = coming_cycle(subscription)
    return coming is not None and coming.state == CycleState.DUE, told
