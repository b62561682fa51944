"""A course that nobody learned from."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from catalog.fulfilment.models import Entitlement
from catalog.order.locks import lock_order_with_holdings
from catalog.order.models import Line
from catalog.order.selectors import claimed_fen
from catalog.order.services.refunding import ask_line_refund
from marketplace.accounts.models import User
from payments.enums import RefundReason

from ..errors import CourseUsed
from ..selectors import course_to_give_back


@transaction.atomic(durable=True)
def give_course_back(*, entitlement: Entitlement, asked_by: User, now: datetime | None = None) -> int:
    """Close a course within the week, before anything of it was learned; all its money goes back. Returns the fen.

    Raises: CourseUsed (or not this person's, or over).
    """
    now = now or timezone.now()
    if entitlement.order_line is None:
        raise CourseUsed
    lock_order_with_holdings(entitlement.order_line.order_id)
    found = course_to_give_back(asked_by, entitlement.public_id, now=now)
    if found is None or not Entitlement.objects.filter(pk=found.pk, ended_at=None).update(ended_at=now):
        raise CourseUsed
    line = Line.objects.get(pk=found.order_line_id)
    left = line.price_fen - claimed_fen(line)
    if left:
        ask_line_refund(line=line, amount_fen=left, reason=RefundReason.UNUSED, initiator=asked_by)
    return left
