"""A period paid by hand, without an agreement: it ends by itself."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import User
from payments.models import PaymentIntent
from payments.services import open_intent
from payments.subscriptions import selectors
from payments.subscriptions.enums import PAYABLE_KIND, AgreementState, CycleKind, CycleState
from payments.subscriptions.errors import NotForMinors, PlanNotOffered
from payments.subscriptions.models import Plan
from payments.subscriptions.rules import may_take_plan
from payments.subscriptions.services.periods import coming_cycle, give_up_agreement, new_cycle
from payments.subscriptions.services.signing import incomplete_subscription
from payments.subscriptions.timing import PAYING_PATIENCE


@transaction.atomic(durable=True)
def buy_period(*, user: User, plan: Plan, now: datetime | None = None) -> PaymentIntent:
    """Owe one period of a plan; it begins when it is paid, at our cashier. Asking again returns the same debt.

    Raises NotForMinors, PlanNotOffered, AlreadyHasPlan.
    """
    now = now or timezone.now()
    if not may_take_plan(user):
        raise NotForMinors
    if not selectors.is_on_sale(plan, now=now):
        raise PlanNotOffered
    subscription = incomplete_subscription(user, plan, now=now)
    cycle = coming_cycle(subscription)
    if cycle is not None and cycle.intent is not None:
        return cycle.intent
    for agreement in subscription.agreements.filter(state=AgreementState.WAITING):
        give_up_agreement(agreement, now=now)
    cycle = new_cycle(subscription, kind=CycleKind.BY_HAND, starts_at=now)
    cycle.state = CycleState.DUE
    cycle.intent = open_intent(
        payable_kind=PAYABLE_KIND,
        payable_id=cycle.pk,
        amount_fen=cycle.amount_fen,
        buyer_id=user.pk,
        expires_at=now + PAYING_PATIENCE,
    )
    cycle.save()
    return cycle.intent
