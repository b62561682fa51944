"""When what an order bought was delivered, in words for a bank: a time and a kind, never what, who or why."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalog.order.enums import PAYABLE_KIND
from payments.disputes.proof import register_proof
from payments.settlement.models import Earning


def delivery_proof(order_id: int) -> Sequence[str]:
    """One sentence per delivered line, oldest first."""
    earned = Earning.objects.filter(payable_kind=PAYABLE_KIND, payable_id=order_id).order_by("fulfilled_at", "pk")
    return [
        _("{when} 已交付（{kind}）").format(
            when=date_format(timezone.localtime(each.fulfilled_at), "Y-m-d H:i"), kind=each.get_earned_by_display()
        )
        for each in earned
    ]


def register_delivery_proof() -> None:
    """Let disputes say when orders were delivered."""
    register_proof(PAYABLE_KIND, delivery_proof)
