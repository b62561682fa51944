"""Fapiao hear of money that goes back."""

from django.dispatch import receiver

from payments.fapiao import services
from payments.models import Refund
from payments.signals import refund_asked


@receiver(refund_asked, dispatch_uid="fapiao_follows_refund")
def follow_refund(*, refund: Refund, **_: object) -> None:
    """The fapiao of a payment is never about more than what stays."""
    services.follow_refund(attempt=refund.attempt)
