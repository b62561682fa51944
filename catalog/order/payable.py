"""An order as something that can be paid for."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.catalogue.cancellation import CancellationPolicy
from catalog.catalogue.cancellation_words import in_hours
from payments.payables import Acceptance, NeutralDescription, PayableView, RefundNews

from . import locks, services
from .enums import PAYABLE_KIND, OrderStatus
from .models import Order
from .services.telling import order_url


class OrderPayable:
    """How payments locks, describes, settles and releases an order (payments.payables.Payable)."""

    kind = PAYABLE_KIND

    def lock(self, payable_id: int) -> PayableView:
        order = locks.lock_order_with_holdings(payable_id)
        return PayableView(order.pk, order.total_fen, order.status == OrderStatus.PENDING)

    def describe(self, payable_id: int) -> NeutralDescription:
        order = Order.objects.get(pk=payable_id)
        count = order.lines.count()
        return NeutralDescription(
            subject=ngettext("健康服务 %(count)d 项", "健康服务 %(count)d 项", count) % {"count": count},
            order_number=order.number,
            # Not the partner: the name of a clinic says what the money is for.
            payee=_("心桥"),
            return_path=order_url(order),
            refund_note=_refund_note(order),
            splits=order.lines.filter(partner__isnull=False).exists(),
        )

    def accept(self, payable_id: int, *, paid_at: datetime, amount_fen: int) -> Acceptance:
        return services.accept_payment(order_id=payable_id, paid_at=paid_at, amount_fen=amount_fen)

    def release(self, payable_id: int, *, reason: str) -> None:
        services.release_order(order_id=payable_id, reason=reason)

    def refunded(self, payable_id: int, *, refund: RefundNews) -> None:
        services.record_refund(order_id=payable_id, news=refund)


def _refund_note(order: Order) -> str:
    """The rule of the order's sessions; where they differ, the strictest deadline. Nothing for an order without sessions."""
    rows = order.lines.filter(booking__isnull=False).values_list("booking__cancellation_windows", flat=True)
    policies = {CancellationPolicy.from_json(windows) for windows in rows}
    if len(policies) == 1:
        return _("；").join(in_hours(policies.pop()))
    free = [policy.free_hours for policy in policies]
    hours = [each for each in free if each is not None]
    if not hours or len(hours) < len(free):
        return _("按每一项下单时写明的规则退款") if policies else ""
    words = ngettext(
        "开始前 {hours} 小时以上取消，全额退款；之后按每一项的规则",
        "开始前 {hours} 小时以上取消，全额退款；之后按每一项的规则",
        max(hours),
    )
    return words.format(hours=max(hours))
