"""An order whose time passes now."""

from datetime import timedelta

from django.utils import timezone

from catalog.order.models import Order
from payments.models import PaymentIntent
from payments.services import expire_intent


def end_now(order: Order):
    """Let the order's time pass and end it as beat would; returns payments' EndResult."""
    past = timezone.now() - timedelta(seconds=1)
    Order.objects.filter(pk=order.pk).update(expires_at=past)
    intents = PaymentIntent.objects.filter(payable_kind="order", payable_id=order.pk)
    intents.update(expires_at=past)
    return expire_intent(intent_id=intents.get().pk)
