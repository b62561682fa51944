"""A period of a plan as something that can be paid for."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from payments.payables import Acceptance, NeutralDescription, PayableView, RefundNews
from payments.subscriptions import locks, services
from payments.subscriptions.enums import PAYABLE_KIND, CycleState
from payments.subscriptions.models import BillingCycle


class CyclePayable:
    """How payments locks, describes, settles and releases a period (payments.payables.Payable)."""

    kind = PAYABLE_KIND

    def lock(self, payable_id: int) -> PayableView:
        subscription_id = BillingCycle.objects.values_list("subscription_id", flat=True).get(pk=payable_id)
        locks.locked_subscription(subscription_id)
        cycle = locks.locked_cycle(payable_id)
        return PayableView(cycle.pk, cycle.amount_fen, cycle.state == CycleState.DUE)

    def describe(self, payable_id: int) -> NeutralDescription:
        cycle = BillingCycle.objects.select_related("subscription__plan").get(pk=payable_id)
        return NeutralDescription(
            subject=_("心桥会员 {months} 个月").format(months=cycle.subscription.plan.period_months),
            order_number=f"M{cycle.public_id.hex[:12].upper()}",
            payee=_("心桥"),
            return_path=reverse("subscriptions:mine"),
            refund_note=_("没有用完的部分可以按天退"),
        )

    def accept(self, payable_id: int, *, paid_at: datetime, amount_fen: int) -> Acceptance:
        return services.accept_cycle(cycle_id=payable_id, paid_at=paid_at, amount_fen=amount_fen)

    def release(self, payable_id: int, *, reason: str) -> None:
        services.release_cycle(cycle_id=payable_id, reason=reason)

    def refunded(self, payable_id: int, *, refund: RefundNews) -> None:
        services.refund_cycle_news(cycle_id=payable_id, news=refund)
