"""A decision's money reached the family: the side that answers for it bears it, in the same transaction."""

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from catalog.order.models import Line
from catalog.order.signals import line_refunded

from .models import Ruling
from .services import bear


@receiver(line_refunded, dispatch_uid="bear_refund_of_ruling")
def bear_refund_of_ruling(*, line: Line, key: str, **_: Any) -> None:
    """Fulfilment has taken the partner's share back before: its app stands before this one, and so do its receivers."""
    try:
        refund_id = UUID(key.removeprefix("refund:"))
    except ValueError:  # a key of something else
        return
    ruling = Ruling.objects.select_related("case__line__order").filter(refund__public_id=refund_id).first()
    if ruling is not None and ruling.case.line_id == line.pk:
        bear(ruling.case)
