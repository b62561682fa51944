"""Moving plans on with time: announce, renew or end, try again, give up."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from payments.locks import claim_due
from payments.subscriptions import locks
from payments.subscriptions.enums import (
    OPEN_STATES,
    AgreementState,
    CycleState,
    EndReason,
    SubscriptionState,
)
from payments.subscriptions.models import Agreement, BillingCycle, Subscription
from payments.subscriptions.services.announcing import announce_period, is_notice_due
from payments.subscriptions.services.charging import charge_period, give_up_period
from payments.subscriptions.services.companies import debit_notice_days, invoicing_gateway
from payments.subscriptions.services.forewarning import forewarn_company, is_forewarning_due
from payments.subscriptions.services.mirroring import mirror_agreement
from payments.subscriptions.services.periods import coming_cycle, end_subscription, look_at, running_agreement
from payments.subscriptions.services.signing import check_agreement
from payments.subscriptions.services.telling import tell_ended
from payments.subscriptions.timing import (
    COMPANY_NOTICE_AHEAD,
    GRACE,
    LEASE,
    LONGEST_WAIT,
    LOOK_EVERY,
    NOTICE_AHEAD,
    SIGNING_PATIENCE,
)

logger = logging.getLogger(__name__)


def advance_due(*, now: datetime | None = None, limit: int = 100) -> int:
    """Look at up to `limit` due agreements and subscriptions; returns how many. Safe in many workers at once."""
    now = now or timezone.now()
    agreements = claim_due(Agreement.objects.all(), now=now, limit=limit)
    for agreement_id in agreements:
        _guarded(partial(check_agreement, agreement_id=agreement_id, now=now))
    subscriptions = claim_due(Subscription.objects.all(), now=now, limit=limit)
    for subscription_id in subscriptions:
        _guarded(partial(advance_subscription, subscription_id=subscription_id, now=now))
    return len(agreements) + len(subscriptions)


def _guarded(look: Callable[[], object]) -> None:
    try:
        look()
    except Exception:
        # One broken row must not keep the others waiting; its next look is already set.
        logger.exception("Looking at a plan failed")


def advance_subscription(*, subscription_id: int, now: datetime) -> None:
    """Do whatever is due for one subscription at `now`; repeats do nothing. Talks to gateways."""
    subscription = Subscription.objects.get(pk=subscription_id)
    if subscription.state == SubscriptionState.INCOMPLETE:
        _forget_unstarted(subscription_id, now)
    if subscription.state not in OPEN_STATES:
        return
    announce_period(subscription_id=subscription_id, now=now)
    agreement = running_agreement(subscription)
    if agreement is not None and invoicing_gateway(agreement.gateway):
        check_agreement(agreement_id=agreement.pk, now=now)
        agreement.refresh_from_db()
        mirror_agreement(agreement=agreement, now=now)
    subscription.refresh_from_db()
    forewarn_company(subscription=subscription, now=now)
    step = _decide(subscription_id, now)
    if step == "charge":
        charge_period(subscription_id=subscription_id, now=now)
    elif step == "give_up":
        give_up_period(subscription_id=subscription_id, now=now)


@transaction.atomic(durable=True)
def _decide(subscription_id: int, now: datetime) -> str:
    """End what is over and plan the next look; says what has to be done at a company, outside the transaction."""
    subscription = locks.locked_subscription(subscription_id)
    ends_at = subscription.period_ends_at
    if subscription.state not in OPEN_STATES or ends_at is None:
        return ""
    cycle, agreement = coming_cycle(subscription), running_agreement(subscription)
    if cycle is not None and cycle.state == CycleState.DUE:
        return _while_due(subscription, cycle, now)
    if now < ends_at:
        look_at(subscription, _next_look(subscription, agreement, now))
        return ""
    if not subscription.renews or agreement is None:
        end_subscription(subscription, _over(subscription), now=now)
        tell_ended(subscription)
        return ""
    return _renew(subscription, agreement, now)


def _renew(subscription: Subscription, agreement: Agreement, now: datetime) -> str:
    """Its time is over and the family chose to go on."""
    cycle = coming_cycle(subscription)
    if cycle is not None and cycle.period_starts_at > now:
        # Announced late: what runs until the five days are over costs nothing.
        subscription.grace_until = cycle.period_starts_at
        look_at(subscription, cycle.period_starts_at)
        return ""
    if cycle is not None and now >= cycle.period_starts_at + LONGEST_WAIT:
        return "give_up"
    return _wait_for_bill(subscription, now) if invoicing_gateway(agreement.gateway) else "charge"


def _while_due(subscription: Subscription, cycle: BillingCycle, now: datetime) -> str:
    if not subscription.renews or (subscription.grace_until and now >= subscription.grace_until):
        return "give_up"
    later = cycle.next_try_at if cycle.next_try_at and cycle.next_try_at > now else now + LEASE
    look_at(subscription, min(filter(None, (later, subscription.grace_until))))
    return "charge"


def _wait_for_bill(subscription: Subscription, now: datetime) -> str:
    """The company charges about now: open as before until its bill is paid, or surely is not."""
    assert subscription.period_ends_at is not None  # it is over
    subscription.grace_until = subscription.period_ends_at + GRACE
    if now >= subscription.grace_until:
        return "give_up"
    look_at(subscription, now + LEASE)
    return ""


def _next_look(subscription: Subscription, agreement: Agreement | None, now: datetime) -> datetime:
    ends_at = subscription.period_ends_at
    assert ends_at is not None  # open ones have an end
    cycle = coming_cycle(subscription)
    times = [ends_at, ends_at - NOTICE_AHEAD]
    if agreement is not None and invoicing_gateway(agreement.gateway):
        times.append(now + LOOK_EVERY)
    if agreement is not None and cycle is not None and debit_notice_days(agreement.gateway):
        times.append(cycle.period_starts_at - COMPANY_NOTICE_AHEAD)
        if is_forewarning_due(subscription, agreement, cycle, now=now):
            times.append(now + LEASE)
    later = [at for at in times if at > now]
    if is_notice_due(subscription, now=now):
        return now
    return min(later, default=now + LEASE)


def _over(subscription: Subscription) -> EndReason:
    return EndReason.PERIOD_OVER if subscription.paid_through else EndReason.TRIAL_OVER


@transaction.atomic(durable=True)
def _forget_unstarted(subscription_id: int, now: datetime) -> None:
    """Neither agreed to nor paid within a day: as if never asked for."""
    subscription = locks.locked_subscription(subscription_id)
    waits = subscription.agreements.filter(state=AgreementState.WAITING, created_at__gt=now - SIGNING_PATIENCE)
    if subscription.state != SubscriptionState.INCOMPLETE:
        return
    if waits.exists() or coming_cycle(subscription):
        look_at(subscription, now + LEASE)
        return
    end_subscription(subscription, EndReason.NOT_STARTED, now=now)


def hear_of_agreement(gateway_code: str, ref: str) -> str:
    """Take a company's message about an agreement as a reason to ask (payments.listening.Listener)."""
    agreement = Agreement.objects.filter(gateway=gateway_code, out_agreement_no=ref).first()
    if agreement is None:
        return "unknown agreement"
    now = timezone.now()
    check_agreement(agreement_id=agreement.pk, now=now)
    agreement.refresh_from_db()
    mirror_agreement(agreement=agreement, now=now)
    Subscription.objects.filter(pk=agreement.subscription_id, state__in=OPEN_STATES).update(next_check_at=now)
    return ""
