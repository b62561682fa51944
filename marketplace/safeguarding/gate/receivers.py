"""What the gate learns from the desk: whether an alarm was one."""

from typing import Any

from django.dispatch import receiver

from ..concerns.signals import concern_closed
from .models import Screening


@receiver(concern_closed, dispatch_uid="gate.keep_outcome")
def keep_outcome(sender: Any, *, ref: str, source: str, outcome: str, **kwargs: Any) -> None:
    """Write down what a person found a text to be, so that alarms can be counted against it."""
    if ref:
        Screening.objects.filter(source=source, ref=ref).update(outcome=outcome)
