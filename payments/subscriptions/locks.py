"""Every row lock of plans. Order: subscription, agreement, cycle; then payments' own."""

from payments.subscriptions.models import Agreement, BillingCycle, Subscription


def locked_subscription(subscription_id: int) -> Subscription:
    """The subscription, locked and read after the lock."""
    return Subscription.objects.select_for_update(of=("self",)).select_related("plan", "user").get(pk=subscription_id)


def locked_agreement(agreement_id: int) -> Agreement:
    """The agreement, locked and read after the lock. Lock its subscription first."""
    return Agreement.objects.select_for_update(of=("self",)).get(pk=agreement_id)


def locked_cycle(cycle_id: int) -> BillingCycle:
    """The period, locked and read after the lock. Lock its subscription first."""
    return BillingCycle.objects.select_for_update(of=("self",)).get(pk=cycle_id)
