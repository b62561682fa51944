"""What orders hold about people: the law keeps the trade, not the contact, the note, the address or the questions."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.consent.rights.enums import Scope
from marketplace.consent.rights.registry import ErasureOutcome, Obstacle, Section, Subject, SubjectData, register
from marketplace.consent.rights.removal import Removal, carried_out, foreseen, goes, stays, stripped
from marketplace.core.money import yuan_from_fen

from .enums import OrderStatus
from .models import (
    BillingAddress,
    Line,
    LineRefund,
    Order,
    OrderNote,
    OrderQuestion,
    RefundProposal,
    ShippingAddress,
)

_NO_ADDRESS: dict[str, Any] = {
    "title": "",
    "first_name": "",
    "last_name": "",
    "line1": "",
    "line2": "",
    "line3": "",
    "line4": "",
    "state": "",
    "postcode": "",
    "search_text": "",
}
_INVOICE_STATUS = {
    OrderStatus.PENDING: "issued",
    OrderStatus.PAID: "balanced",
    OrderStatus.EXPIRED: "cancelled",
    OrderStatus.CANCELLED: "cancelled",
    OrderStatus.REFUNDED: "balanced",
}


def _orders(subject: Subject) -> "QuerySet[Order]":
    return Order.objects.filter(user=subject.user) if subject.user else Order.objects.none()


def _lines(subject: Subject) -> "QuerySet[Line]":
    """A person's purchases; of a child what was bought for it, whoever paid."""
    mine = Q(order__user=subject.user) if subject.user else Q()
    if subject.child:
        mine |= Q(child=subject.child) | Q(booking__child=subject.child)
    return Line.objects.filter(mine).select_related("order", "child").order_by("order__date_placed", "pk")


def _bill(line: Line) -> dict[str, Any]:
    """What a guardian of a young person sees of a bill: never what was bought (D6)."""
    return {
        "placed_at": line.order.date_placed,
        "organisation": line.partner_name,
        "price": yuan_from_fen(line.price_fen),
        "refunded": yuan_from_fen(line.refunded_fen),
        "status": OrderStatus(line.order.status).label,
    }


def _whole(line: Line) -> dict[str, Any]:
    return _bill(line) | {
        "number": line.order.number,
        "title": line.title,
        "quantity": line.quantity,
        "child": line.child.nickname if line.child else None,
    }


def _order_row(order: Order) -> dict[str, Any]:
    address = order.shipping_address
    return {
        "id": order.public_id,
        "number": order.number,
        "placed_at": order.date_placed,
        "paid_at": order.paid_at,
        "closed_at": order.closed_at,
        "total": yuan_from_fen(order.total_fen),
        "refunded": yuan_from_fen(order.refunded_fen),
        "status": order.label,
        "contact_name": order.contact_name,
        "contact_phone": order.contact_phone,
        "note": order.note,
        "address": _address(address) if address else "",
    }


def _address(address: ShippingAddress) -> str:
    parts = (address.first_name, address.last_name, str(address.phone_number or ""), address.state, address.line1)
    return " ".join(part for part in (*parts, address.line2, address.line4, address.notes) if part)


def _questions_section(subject: Subject) -> Section:
    rows = [
        {
            "order": question.order.number,
            "asked_at": question.asked_at,
            "body": question.body,
            "answer": question.answer,
            "answered_at": question.answered_at,
        }
        for question in OrderQuestion.objects.filter(asked_by=subject.user).select_related("order").order_by("asked_at")
    ]
    columns = {"order": _("订单"), "asked_at": _("时间"), "body": _("问题"), "answer": _("回复")}
    return Section("questions", _("订单提问"), columns, rows)


def _goodwill_section(subject: Subject) -> Section:
    """Why our people gave money back, or wanted to."""
    found = RefundProposal.objects.filter(line__order__user=subject.user).select_related("line__order__user")
    rows = [
        {
            "order": each.line.order.number,
            "asked_at": each.asked_at,
            "sum": yuan_from_fen(each.amount_fen),
            "note": each.note,
            "status": each.get_state_display(),
        }
        for each in found.order_by("asked_at", "pk")
    ]
    columns = {
        "order": _("订单"),
        "asked_at": _("时间"),
        "sum": _("金额（元）"),
        "note": _("原因"),
        "status": _("状态"),
    }
    return Section("goodwill", _("主动退款"), columns, rows)


def _lines_section(subject: Subject) -> Section:
    full = subject.scope is Scope.FULL
    columns = {
        "placed_at": _("时间"),
        "organisation": _("机构"),
        "price": _("金额（元）"),
        "refunded": _("已退（元）"),
        "status": _("状态"),
    }
    if full:
        columns |= {"title": _("内容"), "child": _("为谁"), "number": _("订单号")}
    return Section("bills", _("账单"), columns, [_whole(each) if full else _bill(each) for each in _lines(subject)])


def _orders_section(subject: Subject) -> Section:
    columns = {
        "number": _("订单号"),
        "placed_at": _("下单"),
        "paid_at": _("付款"),
        "total": _("金额（元）"),
        "status": _("状态"),
        "contact_name": _("联系人"),
        "contact_phone": _("联系电话"),
        "note": _("留言"),
        "address": _("收货地址"),
    }
    orders = _orders(subject).select_related("shipping_address").order_by("date_placed")
    return Section("orders", _("订单"), columns, [_order_row(each) for each in orders])


def _export(subject: Subject) -> list[Section]:
    sections = [_lines_section(subject)]
    if subject.user and subject.scope is Scope.FULL:
        sections = [_orders_section(subject), *sections, _questions_section(subject), _goodwill_section(subject)]
    return sections


def _invoice(order: Order, subject: Subject) -> dict[str, Any]:
    whose = f"Patient/{subject.child.public_id}" if subject.child else f"Person/{subject.id}"
    return {
        "resourceType": "Invoice",
        "id": str(order.public_id),
        "identifier": [{"value": order.number}],
        "status": _INVOICE_STATUS[OrderStatus(order.status)],
        # R4B lets an invoice's recipient be a patient or related person; the account of an adult is named in words.
        **({"subject": {"reference": whose}} if subject.child else {"note": [{"text": whose}]}),
        "date": order.date_placed.isoformat(),
        "totalGross": {"value": float(yuan_from_fen(order.total_fen)), "currency": "CNY"},
    }


def _fhir(subject: Subject) -> list[dict[str, Any]]:
    if subject.scope is not Scope.FULL:
        return []
    return [_invoice(order, subject) for order in _orders(subject).order_by("date_placed")]


def _removals(subject: Subject) -> list[Removal]:
    orders = _orders(subject)
    shipping = ShippingAddress.objects.filter(order__in=orders)
    billing = BillingAddress.objects.filter(order__in=orders)
    with_contact = orders.exclude(contact_name="", contact_phone="", guest_email="")
    removals = []
    if subject.user:
        removals = [
            goes(_("订单提问和回复"), OrderQuestion.objects.filter(Q(asked_by=subject.user) | Q(order__in=orders))),
            goes(_("订单的内部备注"), OrderNote.objects.filter(order__in=orders)),
            stripped(_("收货地址"), shipping.exclude(line1=""), **_NO_ADDRESS, phone_number="", notes=""),
            stripped(_("账单地址"), billing.exclude(line1=""), **_NO_ADDRESS),
            stripped(
                _("订单里的联系人、电话和留言"),
                with_contact,
                contact_name="",
                contact_phone="",
                guest_email="",
                note="",
            ),
        ]
    title = _("订单和账单：时间、内容、金额（没有联系人、电话、地址和留言）")
    kept = Order.objects.filter(Q(pk__in=orders) | Q(pk__in=_lines(subject).order_by().values("order_id")))
    return [*removals, stays(kept, record_class="orders", dated="date_placed", title=title)]


def _erase(subject: Subject) -> ErasureOutcome:
    return carried_out(_removals(subject))


def _obstacles(subject: Subject) -> list[Obstacle]:
    """Orders still to be paid, and money still on its way back."""
    waiting = Q(status=OrderStatus.PENDING)
    refunds = LineRefund.objects.filter(line__in=_lines(subject).order_by(), refund__finished_at=None)
    going_back = Q(pk__in=refunds.values("line__order_id"))
    mine = Order.objects.filter(Q(user=subject.user) if subject.user else Q(lines__in=_lines(subject).order_by()))
    found = mine.filter(waiting | going_back).distinct().order_by("date_placed")
    return [
        Obstacle(
            (
                _("订单 %(number)s 还没有付款。先付款，或者先取消它。")
                if order.status == OrderStatus.PENDING
                else _("订单 %(number)s 还有一笔退款在路上，等它退回再删除资料。")
            )
            % {"number": order.number},
            reverse("orders:detail", args=[order.public_id]),
            _("查看订单"),
        )
        for order in found
    ]


def register_subject_data() -> None:
    """Answer for orders."""
    register(
        SubjectData(
            key="orders",
            title=_("订单"),
            covers=frozenset(
                {
                    "order.Order",
                    "order.Line",
                    "order.LineRefund",
                    "order.OrderQuestion",
                    "order.RefundProposal",
                    "order.OrderNote",
                    "order.ShippingAddress",
                    "order.BillingAddress",
                }
            ),
            export=_export,
            erase=_erase,
            foresee=lambda subject: foreseen(_removals(subject)),
            fhir=_fhir,
            obstacles=_obstacles,
        )
    )
