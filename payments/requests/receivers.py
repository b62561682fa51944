"""What payments announce, inside its transactions."""

from typing import Any

from django.dispatch import receiver

from payments.enums import IntentState
from payments.models import PaymentAttempt, PaymentIntent, Refund
from payments.requests import services
from payments.signals import intent_ended, intent_paid, refund_arrived


@receiver(intent_paid, dispatch_uid="ask_paid")
def ask_paid(*, intent: PaymentIntent, attempt: PaymentAttempt, **_: Any) -> None:
    """The ask is paid."""
    services.note_paid(intent=intent, attempt=attempt)


@receiver(intent_ended, dispatch_uid="ask_ended")
def ask_ended(*, intent: PaymentIntent, state: IntentState, because: str, **_: Any) -> None:
    """The ask is over."""
    services.note_ended(intent=intent, state=state, because=because)


@receiver(refund_arrived, dispatch_uid="tell_payer_of_refund")
def tell_payer(*, intent: PaymentIntent, refund: Refund, **_: Any) -> None:
    """The payer hears of the money."""
    services.tell_refund_to_payer(intent=intent, refund=refund)
