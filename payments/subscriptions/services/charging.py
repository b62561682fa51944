"""Taking the money for a period where we start the debits: WeChat and Alipay."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from payments import services as payment_services
from payments.enums import AttemptState, EndResult, Method
from payments.models import PaymentIntent
from payments.selectors import open_attempt_of
from payments.subscriptions import locks
from payments.subscriptions.enums import (
    OPEN_STATES,
    PAYABLE_KIND,
    CycleKind,
    CycleState,
    EndReason,
    SubscriptionState,
)
from payments.subscriptions.models import Agreement, BillingCycle, Subscription
from payments.subscriptions.services.announcing import is_announced
from payments.subscriptions.services.companies import agreement_ref, invoicing_gateway
from payments.subscriptions.services.forewarning import debit_allowed_at
from payments.subscriptions.services.periods import (
    coming_cycle,
    end_subscription,
    has_money_coming,
    look_at,
    running_agreement,
)
from payments.subscriptions.services.telling import tell_ended, tell_past_due
from payments.subscriptions.timing import GRACE, LEASE, LONGEST_WAIT, TRY_AGAIN


@dataclass(frozen=True)
class _Begun:
    cycle: BillingCycle
    intent: PaymentIntent
    agreement: Agreement


def charge_period(*, subscription_id: int, now: datetime) -> None:
    """Debit the announced period of a subscription that renews, if it is time; else do nothing.

    One worker at a time, one intent for the period, one try at a time; refused tries are repeated on days 1, 3 and 5,
    and after the last the plan ends. Talks to a gateway: call it outside transactions.
    """
    # A debit that was taken in may have been refused since.
    if _note_tries(subscription_id, now):
        give_up_period(subscription_id=subscription_id, now=now)
        return
    begun = _begin(subscription_id, now)
    if begun is None:
        return
    debit = payment_services.debit_agreement(
        intent=begun.intent,
        gateway_code=begun.agreement.gateway,
        agreement=agreement_ref(begun.agreement),
    )
    if _note_tries(subscription_id, now, refusal=debit.refusal):
        give_up_period(subscription_id=subscription_id, now=now)


@transaction.atomic(durable=True)
def _begin(subscription_id: int, now: datetime) -> _Begun | None:
    """Everything that must hold before money is asked for, re-read under the lock."""
    subscription = locks.locked_subscription(subscription_id)
    cycle = coming_cycle(subscription)
    agreement = running_agreement(subscription)
    if subscription.state not in OPEN_STATES or not subscription.renews or cycle is None or agreement is None:
        return None
    if invoicing_gateway(agreement.gateway) or now < cycle.period_starts_at:
        return None
    if (cycle.next_try_at and now < cycle.next_try_at) or not is_announced(cycle, now=now):
        return None
    allowed_at = debit_allowed_at(agreement, now=now)
    if allowed_at is None or now < allowed_at:
        # The company wants to be told first: open as before until it takes the debit.
        _wait_for_company(subscription, cycle, allowed_at or now + LEASE)
        return None
    if _is_being_paid_by_hand(cycle):
        look_at(subscription, now + LEASE)
        return None
    if cycle.state == CycleState.PLANNED:
        cycle.kind, cycle.state, cycle.charge_begun_at = CycleKind.DEBIT, CycleState.DUE, now
        cycle.intent = payment_services.open_intent(
            payable_kind=PAYABLE_KIND,
            payable_id=cycle.pk,
            amount_fen=cycle.amount_fen,
            buyer_id=subscription.user_id,
            expires_at=now + GRACE,
        )
        subscription.grace_until = now + GRACE
    cycle.next_try_at = now + LEASE
    cycle.save()
    look_at(subscription, cycle.next_try_at)
    assert cycle.intent is not None  # set when it became due
    return _Begun(cycle, cycle.intent, agreement)


def _wait_for_company(subscription: Subscription, cycle: BillingCycle, at: datetime) -> None:
    later = min(at + GRACE, cycle.period_starts_at + LONGEST_WAIT)
    subscription.grace_until = max(later, subscription.grace_until) if subscription.grace_until else later
    look_at(subscription, at)


def _is_being_paid_by_hand(cycle: BillingCycle) -> bool:
    """Whether somebody is at a cashier with this period: a debit would close it under their hands."""
    prior = open_attempt_of(cycle.intent_id) if cycle.intent_id else None
    return prior is not None and prior.method != Method.AGREEMENT


@transaction.atomic(durable=True)
def _note_tries(subscription_id: int, now: datetime, *, refusal: str = "") -> bool:
    """Count the debits that were refused and plan the next; True when the last one was."""
    subscription = locks.locked_subscription(subscription_id)
    cycle = coming_cycle(subscription)
    if cycle is None or cycle.state != CycleState.DUE or has_money_coming(cycle):
        return False
    refused = _refused_debits(cycle)
    if refused == cycle.tries:
        return False
    cycle.tries, cycle.last_refusal = refused, refusal
    subscription.state = SubscriptionState.PAST_DUE
    if refused > len(TRY_AGAIN):
        cycle.save()
        look_at(subscription, now)
        return True
    assert cycle.charge_begun_at is not None  # it is due
    cycle.next_try_at = max(now, cycle.charge_begun_at + TRY_AGAIN[refused - 1])
    cycle.save()
    look_at(subscription, cycle.next_try_at)
    tell_past_due(subscription, cycle)
    return False


def _refused_debits(cycle: BillingCycle) -> int:
    """Debits that came to nothing: refused at once, or closed by the company later."""
    assert cycle.intent is not None  # it is due
    over = (AttemptState.FAILED, AttemptState.CLOSED)
    return cycle.intent.attempts.filter(method=Method.AGREEMENT, state__in=over).count()


def give_up_period(*, subscription_id: int, now: datetime) -> EndResult:
    """End what is still asked for a period, at the company first, and the plan with it.

    PAID: the money was there after all. NOT_YET: the company is unclear, asked again. Talks to a gateway: call it
    outside transactions.
    """
    subscription = Subscription.objects.get(pk=subscription_id)
    cycle = coming_cycle(subscription)
    if cycle is None or cycle.intent_id is None:
        _end_unpaid(subscription_id, now)
        return EndResult.ENDED
    result = payment_services.cancel_intent(intent_id=cycle.intent_id)
    if result == EndResult.NOT_YET:
        Subscription.objects.filter(pk=subscription_id).update(next_check_at=now + LEASE)
    return result


@transaction.atomic(durable=True)
def _end_unpaid(subscription_id: int, now: datetime) -> None:
    subscription = locks.locked_subscription(subscription_id)
    coming = coming_cycle(subscription)
    if subscription.state in OPEN_STATES and (coming is None or coming.intent_id is None):
        end_subscription(subscription, EndReason.UNPAID, now=now)
        tell_ended(subscription)
