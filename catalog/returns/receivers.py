"""What a refund means for what was bought. Each inside the refund's transaction."""

import contextlib
from typing import Any
from uuid import UUID

from django.dispatch import receiver
from django.utils import timezone

from catalog.fulfilment.models import Entitlement
from catalog.order.models import Line
from catalog.order.signals import line_refunded

from .services import note_refunded


@receiver(line_refunded, dispatch_uid="end_what_was_refunded")
def end_what_was_refunded(*, line: Line, key: str, **_: Any) -> None:
    """A return is over once its money is back; a course whose whole price went back opens no more."""
    refund_id = key.removeprefix("refund:")
    with contextlib.suppress(ValueError):  # a key of something else
        note_refunded(refund_id=UUID(refund_id))
    if line.refunded_fen >= line.price_fen > 0:
        Entitlement.objects.filter(order_line=line, ended_at=None).update(ended_at=timezone.now())
