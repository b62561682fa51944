"""Copying what a company did by its own calendar: periods charged, not paid, stopped. Its messages are never believed:
its bills are asked for, and each is settled like any payment."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from payments import services as payment_services
from payments.errors import PriorAttemptUnclear
from payments.gateways.base import GatewayRefused, GatewayUnclear
from payments.gateways.recurring import AgreementStatus, AgreementTruth, InvoiceStatus, InvoiceTruth
from payments.models import PaymentAttempt
from payments.services.asking import ask
from payments.subscriptions import locks
from payments.subscriptions.enums import (
    OPEN_STATES,
    PAYABLE_KIND,
    AgreementState,
    CycleKind,
    CycleState,
    SubscriptionState,
)
from payments.subscriptions.models import Agreement, BillingCycle, Subscription
from payments.subscriptions.services.choosing import pass_choice_on
from payments.subscriptions.services.companies import agreement_ref, invoicing_gateway
from payments.subscriptions.services.periods import coming_cycle, look_at, new_cycle
from payments.subscriptions.services.telling import tell_past_due, tell_stopped
from payments.subscriptions.timing import GRACE, TRY_AGAIN


def mirror_agreement(*, agreement: Agreement, now: datetime) -> None:
    """Ask a company that charges by itself for its bills and take them over; nothing for the others.

    Talks to a gateway: call it outside transactions.
    """
    gateway = invoicing_gateway(agreement.gateway)
    if gateway is None or agreement.state not in (AgreementState.SIGNED, AgreementState.ENDING, AgreementState.ENDED):
        return
    ref = agreement_ref(agreement)
    try:
        bills: Sequence[InvoiceTruth] = ask(gateway.invoices, ref)
        truth: AgreementTruth = ask(gateway.query_agreement, ref)
    except (GatewayUnclear, GatewayRefused):
        return
    for bill in bills:
        _copy(agreement, bill, now)
    if truth.status == AgreementStatus.SIGNED and agreement.state == AgreementState.SIGNED:
        _agree_on_renewal(agreement, truth, now)


def _copy(agreement: Agreement, bill: InvoiceTruth, now: datetime) -> None:
    attempt = PaymentAttempt.objects.filter(gateway=agreement.gateway, handle=bill.handle).first()
    if attempt is None and bill.status != InvoiceStatus.VOID:
        attempt = _take_over_bill(agreement, bill, now)
    if attempt is None:
        return
    if bill.status == InvoiceStatus.PAID:
        payment_services.settle_payment(out_trade_no=attempt.out_trade_no)
    elif bill.status == InvoiceStatus.OPEN:
        _note_unpaid(agreement.subscription_id, attempt, now)


def _take_over_bill(agreement: Agreement, bill: InvoiceTruth, now: datetime) -> PaymentAttempt | None:
    cycle = _cycle_for(agreement, bill, now)
    assert cycle.intent is not None  # made with it
    try:
        return payment_services.adopt_attempt(intent=cycle.intent, gateway_code=agreement.gateway, handle=bill.handle)
    except PriorAttemptUnclear:
        return None  # paid by hand right now: the next look finds how it ended


@transaction.atomic(durable=True)
def _cycle_for(agreement: Agreement, bill: InvoiceTruth, now: datetime) -> BillingCycle:
    """The period a bill is for: the one announced, or one we did not expect (its money then goes back)."""
    subscription = locks.locked_subscription(agreement.subscription_id)
    cycle = subscription.cycles.filter(period_starts_at=bill.period_starts_at).first() or coming_cycle(subscription)
    if cycle is not None and cycle.intent_id:
        return cycle
    if cycle is None:
        cycle = new_cycle(
            subscription, kind=CycleKind.MIRRORED, starts_at=bill.period_starts_at, ends_at=bill.period_ends_at
        )
    cycle.kind = CycleKind.MIRRORED
    cycle.period_starts_at, cycle.period_ends_at = bill.period_starts_at, bill.period_ends_at
    cycle.state = CycleState.DUE if subscription.state in OPEN_STATES else CycleState.VOID
    cycle.intent = payment_services.open_intent(
        payable_kind=PAYABLE_KIND,
        payable_id=cycle.pk,
        amount_fen=cycle.amount_fen,
        buyer_id=subscription.user_id,
        expires_at=max(now, bill.period_starts_at) + GRACE,
    )
    cycle.save()
    return cycle


@transaction.atomic(durable=True)
def _note_unpaid(subscription_id: int, attempt: PaymentAttempt, now: datetime) -> None:
    """The company could not take its bill yet: open as before while it tries."""
    subscription = locks.locked_subscription(subscription_id)
    cycle = coming_cycle(subscription)
    if cycle is None or cycle.intent_id != attempt.intent_id or subscription.state not in OPEN_STATES:
        return
    if subscription.state == SubscriptionState.PAST_DUE or now < cycle.period_starts_at:
        return
    tries = [cycle.period_starts_at + wait for wait in TRY_AGAIN]
    subscription.state = SubscriptionState.PAST_DUE
    subscription.grace_until = cycle.period_starts_at + GRACE
    cycle.next_try_at = next((at for at in tries if at > now), subscription.grace_until)
    cycle.tries += 1
    cycle.save()
    look_at(subscription, now)
    tell_past_due(subscription, cycle)


def _agree_on_renewal(agreement: Agreement, truth: AgreementTruth, now: datetime) -> None:
    """Renewal stopped at the company stops here; renewal that nobody chose here is stopped there."""
    subscription = Subscription.objects.get(pk=agreement.subscription_id)
    wanted = subscription.renews and not _is_announced_late(subscription)
    if truth.renews == wanted:
        Agreement.objects.filter(pk=agreement.pk).update(told_renews=wanted)
    elif wanted and agreement.told_renews:
        _note_stopped(subscription.pk, now)
    else:
        pass_choice_on(agreement, renews=wanted)


def _is_announced_late(subscription: Subscription) -> bool:
    """Whether the five days reach past the end: the company would charge too early."""
    cycle = coming_cycle(subscription)
    ends_at = subscription.period_ends_at
    return bool(cycle and ends_at and cycle.kind == CycleKind.DEBIT and cycle.period_starts_at > ends_at)


@transaction.atomic(durable=True)
def _note_stopped(subscription_id: int, now: datetime) -> None:
    subscription = locks.locked_subscription(subscription_id)
    if not subscription.renews:
        return
    subscription.renews, subscription.choice_made_at = False, now
    look_at(subscription, now)
    tell_stopped(subscription)
