"""Disputes as tests need them: about goods that were sent, heard, decided, and their money gone back."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from catalog.fulfilment.models import Shipment
from catalog.fulfilment.services import mark_shipped
from catalog.mediation.enums import Cause, Topic
from catalog.mediation.models import Case, Ruling
from catalog.mediation.services import decide_case, open_case, state
from catalog.order.models import Line
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from payments.gateways.base import RefundStatus, RefundTruth
from payments.models import Refund
from payments.services.refunding import _finish_refund
from tests import factories
from tests.catalog.order.placed import order_of, pay


def sent_line(parent: User | None = None, *, price_fen: int = 12_800, partner: Any = None) -> Line:
    """A line of goods, paid and on its way: its partner has earned."""
    partner = partner or factories.make_partner()
    goods = factories.make_goods(stock=9, price_fen=price_fen, partner=partner)
    order = order_of(parent or factories.make_parent(), goods)
    pay(order)
    mark_shipped(
        shipment=Shipment.objects.get(order=order), carrier="示例快递", tracking_number="SF1",
        shipped_by=factories.make_partner_staff(partner),
    )  # fmt: skip
    return Line.objects.select_related("order__user", "partner").get(order=order)


def opened(line: Line | None = None, **fields: Any) -> Case:
    """A dispute just opened by the buyer."""
    line = line or sent_line()
    fields = {"opened_by": line.order.user, "topic": Topic.GOODS, "words": "收到的时候是坏的"} | fields
    return open_case(line=line, **fields)


def heard(line: Line | None = None) -> Case:
    """A dispute whose partner has said something: ours to decide."""
    case = opened(line)
    speaker = case.line.partner.memberships.first()
    user = speaker.user if speaker else factories.make_partner_staff(case.line.partner)
    state(case=case, given_by=user, words="寄出前检查过")
    case.refresh_from_db()
    return case


def support() -> User:
    return factories.make_staff(duties=[Duty.SUPPORT])


def finance() -> User:
    return factories.make_staff(duties=[Duty.FINANCE])


def decided(case: Case, *, cause: Cause = Cause.GOODS, fen: int = 0, by: User | None = None, **more: Any) -> Ruling:
    """Our decision."""
    return decide_case(
        case=case, cause=cause, refund_fen=fen, reasons="双方的说明都看了", decided_by=by or support(), **more
    )


def gone_back(refund: Refund | None) -> None:
    """The payer has the money, as the company says."""
    assert refund is not None
    refund = Refund.objects.select_related("attempt__intent").get(pk=refund.pk)
    _finish_refund(refund, RefundTruth(RefundStatus.SUCCEEDED, refund.amount_fen))


def later(**span: float) -> Any:
    return timezone.now() + timedelta(**span)
