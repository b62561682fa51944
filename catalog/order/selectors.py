"""Reads of a family's orders."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, QuerySet, Sum

from catalog.scheduling.selectors import FamilySight
from marketplace.accounts.models import User
from marketplace.consent.enums import DataItem
from marketplace.core.encryption.keys import prefetch_keys
from payments.enums import RefundReason
from payments.models import PaymentIntent, Refund

from .enums import PAYABLE_KIND, OrderStatus, ProposalState, QuestionStatus
from .models import Line, LineRefund, Order, OrderQuestion, RefundProposal

#: What the tabs of the order list show; "" is all of them.
TABS: dict[str, tuple[str, ...]] = {
    "": tuple(OrderStatus.values),
    "pending": (OrderStatus.PENDING,),
    "paid": (OrderStatus.PAID,),
    "ended": (OrderStatus.EXPIRED, OrderStatus.CANCELLED, OrderStatus.REFUNDED),
}


def orders_of(user: User, *, tab: str = "") -> QuerySet[Order]:
    """Return the person's orders, newest first, with the lines a list shows."""
    return (
        Order.objects.filter(user=user, status__in=TABS.get(tab, TABS[""]))
        .prefetch_related(Prefetch("lines", queryset=_lines_with_all(), to_attr="shown_lines"))
        .order_by("-date_placed", "-pk")
    )


@dataclass(frozen=True)
class Bill:
    """What somebody else of the family paid for a young person, as far as this person may see it."""

    line: Line
    shows_detail: bool


def bill_lines(sight: FamilySight) -> QuerySet[Line]:
    """Return paid lines that others bought for the young people whose bills this person sees, newest first."""
    return (
        _lines_with_all()
        .filter(order__paid_at__isnull=False, child__in=sight.open_children(DataItem.BILL))
        .exclude(order__user=sight.viewer)
        .select_related("order", "child")
        .order_by("-order__paid_at", "-pk")
    )


def bills(lines: Iterable[Line], sight: FamilySight) -> list[Bill]:
    """Return lines with whether this person sees what was bought; otherwise when, from whom and for how much."""
    return [Bill(line, _shows_detail(line, sight)) for line in lines]


def _shows_detail(line: Line, sight: FamilySight) -> bool:
    if line.booking is not None:
        return sight.shows_detail(line.booking)
    return line.child is not None and bool(sight.seen.may_see(line.child, DataItem.BOOKING_DETAIL))


def order_of_user(user: User, public_id: UUID) -> Order | None:
    """Return one order of this person, else None: an order is nobody else's."""
    return Order.objects.filter(user=user, public_id=public_id).select_related("shipping_address").first()


def lines_of_order(order_id: int) -> list[Line]:
    """Return an order's lines with all that a fact about them needs."""
    return list(_lines_with_all().filter(order=order_id))


def _lines_with_all() -> QuerySet[Line]:
    return (
        Line.objects.select_related(
            "product",
            "child",
            "booking__occupancy__provider",
            "booking__occupancy__location",
            "booking__child",
            "booking__service",
        )
        .prefetch_related(Prefetch("refunds", queryset=LineRefund.objects.select_related("refund")))
        .order_by("pk")
    )


@dataclass(frozen=True)
class OrderView:
    """An order with all that its page shows."""

    order: Order
    lines: Sequence[Line]
    intent: PaymentIntent | None
    late_refunds: Sequence[Refund]
    """Refunds of money that was not accepted: late or paid twice."""
    questions: Sequence[OrderQuestion]

    @property
    def discount_fen(self) -> int:
        """What a voucher took off."""
        return sum(line.discount_fen for line in self.lines)


def order_view(order: Order) -> OrderView:
    """Return an order with its lines, payment, refunds and questions, in constant queries."""
    intent = PaymentIntent.objects.filter(payable_kind=PAYABLE_KIND, payable_id=order.pk).order_by("-pk").first()
    questions = list(order.questions.order_by("-asked_at"))
    prefetch_keys([order, *questions])
    late = Refund.objects.filter(attempt__intent=intent, reason__in=(RefundReason.LATE, RefundReason.DUPLICATE))
    return OrderView(
        order,
        list(_lines_with_all().filter(order=order)),
        intent,
        list(late.order_by("pk")) if intent else [],
        questions,
    )


def booked_line_of(user: User, booking_public_id: UUID) -> Line | None:
    """Return the paid line of a booking this person bought, else None."""
    return (
        _lines_with_all()
        .select_related("order")
        .filter(order__user=user, booking__public_id=booking_public_id, order__paid_at__isnull=False)
        .first()
    )


def lines_of_bookings(booking_ids: Collection[int]) -> list[Line]:
    """Return the lines of these bookings with their orders, and whom to tell of them."""
    found = _lines_with_all().filter(booking__in=booking_ids)
    return list(found.select_related("order__user", "booking__occupancy__provider__partner", "booking__booked_by"))


def claimed_fen(line: Line) -> int:
    """Return what of a line has been asked back, arrived or on its way."""
    found = LineRefund.objects.filter(line=line).aggregate(fen=Sum("refund__amount_fen"))
    return found["fen"] or 0


@dataclass(frozen=True)
class RefundProgress:
    """Money of a line on its way back, as its family may see it; `state` is None while a second person decides."""

    line: Line
    amount_fen: int
    asked_at: datetime
    refund: Refund | None

    @property
    def state(self) -> str | None:
        return self.refund.state if self.refund else None


def refund_progress(order: Order) -> list[RefundProgress]:
    """Return every refund of an order's lines, and what waits for a second person, the oldest first; two queries."""
    asked = LineRefund.objects.filter(line__order=order).select_related("refund", "line")
    waiting = RefundProposal.objects.filter(line__order=order, state=ProposalState.WAITING).select_related("line")
    found = [RefundProgress(each.line, each.refund.amount_fen, each.requested_at, each.refund) for each in asked]
    found += [RefundProgress(each.line, each.amount_fen, each.asked_at, None) for each in waiting.defer("note")]
    return sorted(found, key=lambda each: each.asked_at)


def waiting_proposals() -> QuerySet[RefundProposal]:
    """Return the refunds that wait for a second person, the oldest first."""
    return (
        RefundProposal.objects.filter(state=ProposalState.WAITING)
        .select_related("line__order__user", "line__partner", "asked_by")
        .order_by("asked_at", "pk")
    )


def open_questions() -> QuerySet[OrderQuestion]:
    """Return the questions our staff has not answered, the oldest first."""
    return (
        OrderQuestion.objects.filter(status=QuestionStatus.OPEN)
        .select_related("order", "asked_by")
        .order_by("asked_at")
    )


def tab_counts(user: User) -> dict[str, int]:
    """Return how many orders stand under each tab."""
    by_status = dict(
        Order.objects.filter(user=user)
        .order_by()
        .values_list("status")
        .annotate(count=Count("pk"))
        .values_list("status", "count")
    )
    return {tab: sum(by_status.get(status, 0) for status in statuses) for tab, statuses in TABS.items()}


def latest_contact_of(user: User) -> tuple[str, str] | None:
    """Return the name and phone this person gave last time."""
    return (
        Order.objects.filter(user=user)
        .exclude(contact_name="")
        .order_by("-pk")
        .values_list("contact_name", "contact_phone")
        .first()
    )


def latest_address_of(user: User) -> Any:
    """Return the address of this person's last parcel, an order.ShippingAddress, or None."""
    last = (
        Order.objects.filter(user=user, shipping_address__isnull=False)
        .select_related("shipping_address")
        .order_by("-pk")
        .first()
    )
    return last.shipping_address if last else None
