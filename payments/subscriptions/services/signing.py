"""Asking a family's permission to debit on a company's page, and learning what became of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.accounts.models import User
from payments.enums import IncidentKind
from payments.errors import GatewayBusy, GatewayDeclined
from payments.gateways.base import GatewayRefused, GatewayUnclear, NextAction, Redirect
from payments.gateways.recurring import AgreementStatus, AgreementTruth
from payments.schedule import next_check_after
from payments.services.asking import ask
from payments.services.incidents import raise_incident
from payments.subscriptions import locks, selectors
from payments.subscriptions.enums import (
    OPEN_STATES,
    AgreementState,
    CycleKind,
    EndReason,
    SubscriptionState,
)
from payments.subscriptions.errors import AlreadyHasPlan, NoPlan, NotForMinors, PlanNotOffered, TrialUsed
from payments.subscriptions.models import Agreement, Plan, Subscription, TrialUse
from payments.subscriptions.numbers import instrument_digest, new_agreement_number
from payments.subscriptions.rules import may_take_plan
from payments.subscriptions.services.companies import (
    AT_A_DESK,
    SigningPayer,
    agreement_for_gateway,
    agreement_ref,
    recurring_gateway,
)
from payments.subscriptions.services.periods import (
    end_subscription,
    give_up_agreement,
    look_at,
    new_cycle,
    open_period,
)
from payments.subscriptions.services.telling import tell_ended, tell_started, tell_stopped
from payments.subscriptions.timing import SIGNING_PATIENCE


@dataclass(frozen=True)
class Signing:
    """An agreement, and where to send the payer to sign it."""

    agreement: Agreement
    action: NextAction


def begin_trial(
    *, user: User, plan: Plan, gateway_code: str, payer: SigningPayer = AT_A_DESK, now: datetime | None = None
) -> Signing:
    """Ask for the agreement with which a trial begins; nothing is taken, and nothing will be without a choice.

    Asking again at the same company leads to the same page. Raises NotForMinors, PlanNotOffered, AlreadyHasPlan,
    TrialUsed, CannotDebit, GatewayBusy or GatewayDeclined. Talks to a gateway: call it outside transactions.
    """
    recurring_gateway(gateway_code)
    agreement = _prepare_trial(user, plan, gateway_code, now or timezone.now())
    return _open_page(agreement, payer)


def sign_for_renewal(
    *, subscription: Subscription, gateway_code: str, payer: SigningPayer = AT_A_DESK, now: datetime | None = None
) -> Signing:
    """Ask for an agreement by which a running plan is to renew: signing it is the choice.

    An older agreement is ended once the new one is signed. Raises NoPlan, CannotDebit, GatewayBusy or GatewayDeclined.
    Talks to a gateway: call it outside transactions.
    """
    recurring_gateway(gateway_code)
    agreement = _prepare_renewal(subscription.pk, gateway_code, now or timezone.now())
    return _open_page(agreement, payer)


@transaction.atomic(durable=True)
def _prepare_trial(user: User, plan: Plan, gateway_code: str, now: datetime) -> Agreement:
    if not may_take_plan(user):
        raise NotForMinors
    if not selectors.is_on_sale(plan, now=now):
        raise PlanNotOffered
    if TrialUse.objects.filter(user=user).exists():
        raise TrialUsed
    subscription = incomplete_subscription(user, plan, now=now)
    return _agreement(subscription, gateway_code, now + timedelta(days=plan.trial_days), chooses_renewal=False, now=now)


def incomplete_subscription(user: User, plan: Plan, *, now: datetime) -> Subscription:
    """The person's subscription that has not begun, of this plan; one of another plan is given up.

    Joins the caller's transaction. Raises AlreadyHasPlan.
    """
    live = selectors.live_subscription_of(user)
    if live is None:
        try:
            with transaction.atomic():
                fresh = Subscription.objects.create(
                    user=user, plan=plan, amount_fen=plan.amount_fen, next_check_at=now + SIGNING_PATIENCE
                )
        except IntegrityError:
            raise AlreadyHasPlan from None  # another page was quicker
        return locks.locked_subscription(fresh.pk)
    live = locks.locked_subscription(live.pk)
    if live.state != SubscriptionState.INCOMPLETE:
        raise AlreadyHasPlan
    if live.plan_id == plan.pk:
        return live
    end_subscription(live, EndReason.NOT_STARTED, now=now)
    return incomplete_subscription(user, plan, now=now)


@transaction.atomic(durable=True)
def _prepare_renewal(subscription_id: int, gateway_code: str, now: datetime) -> Agreement:
    subscription = locks.locked_subscription(subscription_id)
    if subscription.state not in OPEN_STATES or subscription.period_ends_at is None:
        raise NoPlan
    return _agreement(subscription, gateway_code, max(now, subscription.period_ends_at), chooses_renewal=True, now=now)


def _agreement(
    subscription: Subscription, gateway_code: str, first_charge_at: datetime, *, chooses_renewal: bool, now: datetime
) -> Agreement:
    """The open question at this company, or a new one; a question at another company is given up."""
    for other in subscription.agreements.filter(state=AgreementState.WAITING):
        if other.gateway == gateway_code and other.chooses_renewal == chooses_renewal:
            return other
        give_up_agreement(other, now=now)
    return Agreement.objects.create(
        subscription=subscription,
        gateway=gateway_code,
        out_agreement_no=new_agreement_number(),
        amount_fen=subscription.amount_fen,
        first_charge_on=timezone.localdate(first_charge_at),
        chooses_renewal=chooses_renewal,
        next_check_at=next_check_after(0, now),
        created_at=now,
    )


def _open_page(agreement: Agreement, payer: SigningPayer) -> Signing:
    gateway = recurring_gateway(agreement.gateway)
    try:
        action = ask(gateway.sign_agreement, agreement_for_gateway(agreement, payer))
    except GatewayUnclear:
        raise GatewayBusy from None
    except GatewayRefused:
        _drop(agreement)
        raise GatewayDeclined from None
    if isinstance(action, Redirect) and action.handle:
        Agreement.objects.filter(pk=agreement.pk).update(handle=action.handle)
        agreement.handle = action.handle
    return Signing(agreement, action)


@transaction.atomic(durable=True)
def _drop(agreement: Agreement) -> None:
    """The company will not ask: nothing is left to be signed."""
    now = timezone.now()
    locks.locked_subscription(agreement.subscription_id)
    Agreement.objects.filter(pk=agreement.pk, state=AgreementState.WAITING).update(
        state=AgreementState.ENDED, ended_at=now, next_check_at=None
    )


def check_agreement(*, agreement_id: int, now: datetime | None = None) -> AgreementState:
    """Ask the company how an agreement stands and take the answer over; repeats do nothing.

    Return pages, messages and the scheduler all come here: what a page's address says is never believed. Talks to a
    gateway: call it outside transactions.
    """
    now = now or timezone.now()
    agreement = Agreement.objects.select_related("subscription").get(pk=agreement_id)
    gateway = recurring_gateway(agreement.gateway)
    if agreement.state == AgreementState.ENDED:
        return AgreementState.ENDED
    wanted_over = agreement.state == AgreementState.ENDING or _is_stale(agreement, now)
    try:
        truth = ask(gateway.end_agreement if wanted_over else gateway.query_agreement, agreement_ref(agreement))
    except (GatewayUnclear, GatewayRefused):
        return AgreementState(agreement.state)
    if truth.foreign:
        _raise_foreign(agreement, truth)
        return AgreementState(agreement.state)
    return take_over(agreement=agreement, truth=truth, now=now)


def _is_stale(agreement: Agreement, now: datetime) -> bool:
    return agreement.state == AgreementState.WAITING and now > agreement.created_at + SIGNING_PATIENCE


def _raise_foreign(agreement: Agreement, truth: AgreementTruth) -> None:
    raise_incident(
        kind=IncidentKind.MERCHANT_MISMATCH,
        key=agreement.out_agreement_no,
        gateway=agreement.gateway,
        details={"foreign": truth.foreign},
    )


@transaction.atomic(durable=True)
def take_over(*, agreement: Agreement, truth: AgreementTruth, now: datetime) -> AgreementState:
    """Take over what a company itself says of an agreement; repeats do nothing."""
    subscription = locks.locked_subscription(agreement.subscription_id)
    agreement = locks.locked_agreement(agreement.pk)
    if truth.status == AgreementStatus.ENDED:
        _note_ended(subscription, agreement, now)
    elif truth.status == AgreementStatus.SIGNED and agreement.state == AgreementState.WAITING:
        _note_signed(subscription, agreement, truth, now)
    agreement.refresh_from_db()
    return AgreementState(agreement.state)


def _note_ended(subscription: Subscription, agreement: Agreement, now: datetime) -> None:
    was = agreement.state
    if was == AgreementState.ENDED:
        return
    agreement.state, agreement.ended_at, agreement.next_check_at = AgreementState.ENDED, now, None
    agreement.save()
    if subscription.state == SubscriptionState.INCOMPLETE and was == AgreementState.WAITING:
        if not subscription.cycles.exists():
            end_subscription(subscription, EndReason.NOT_STARTED, now=now)
    elif was == AgreementState.SIGNED and subscription.renews:
        subscription.renews, subscription.choice_made_at = False, now
        look_at(subscription, subscription.next_check_at)
        tell_stopped(subscription)


def _note_signed(subscription: Subscription, agreement: Agreement, truth: AgreementTruth, now: datetime) -> None:
    for older in subscription.agreements.filter(state=AgreementState.SIGNED):
        give_up_agreement(older, now=now)
    agreement.state, agreement.signed_at = AgreementState.SIGNED, truth.signed_at or now
    agreement.provider_ref = truth.provider_ref or None
    agreement.instrument_digest = instrument_digest(agreement.gateway, truth.instrument)
    agreement.next_check_at, agreement.check_count = None, 0
    agreement.told_renews = agreement.chooses_renewal
    agreement.save()
    if subscription.state == SubscriptionState.INCOMPLETE:
        _start_trial(subscription, agreement, now)
    elif subscription.state in OPEN_STATES:
        if agreement.chooses_renewal:
            subscription.renews, subscription.choice_made_at = True, now
            look_at(subscription, now)
    else:
        give_up_agreement(agreement, now=now)


def _start_trial(subscription: Subscription, agreement: Agreement, now: datetime) -> None:
    """Begin at once, unless this person or this account or card had a trial: the database decides between two."""
    try:
        with transaction.atomic():
            TrialUse.objects.create(
                user=subscription.user,
                instrument_digest=agreement.instrument_digest or None,
                subscription=subscription,
                begun_at=now,
            )
    except IntegrityError:
        end_subscription(subscription, EndReason.TRIAL_USED, now=now)
        tell_ended(subscription)
        return
    ends_at = now + timedelta(days=subscription.plan.trial_days)
    cycle = new_cycle(subscription, kind=CycleKind.TRIAL, starts_at=now, ends_at=ends_at)
    open_period(subscription, cycle, now=now, paid_at=None)
    tell_started(subscription, cycle)
