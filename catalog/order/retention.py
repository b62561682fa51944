"""How long orders are kept: with their schedule in marketplace.consent.retention."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from catalog.basket.models import Basket
from marketplace.consent.retention.registry import RetentionClass, register
from marketplace.consent.retention.rows import deleted, needed_rows, standing_alone
from payments.enums import OPEN_ATTEMPT_STATES, AttemptState
from payments.models import PaymentAttempt

from .enums import PAYABLE_KIND, OrderStatus, QuestionStatus
from .models import BillingAddress, Line, LineRefund, Order, OrderQuestion, RefundProposal, ShippingAddress

_SUBJECTS = ("user__public_id", "lines__child__public_id", "lines__booking__child__public_id")
#: Attempts through which money came or may still come.
_WITH_MONEY = (*OPEN_ATTEMPT_STATES, AttemptState.SUCCEEDED, AttemptState.SUSPENSE)


def _done() -> "QuerySet[Any]":
    """Orders nobody of us owes an answer on, with the moment the last of them ended."""
    waiting = OrderQuestion.objects.filter(order=OuterRef("pk"), status=QuestionStatus.OPEN)
    return Order.objects.filter(~Exists(waiting)).annotate(
        # Greatest() passes over what is missing.
        ended_at=Greatest("date_placed", "paid_at", "closed_at", Max("lines__booking__occupancy__ends_at"))
    )


def _orders(cutoff: datetime) -> "QuerySet[Any]":
    settled = (OrderStatus.PAID, OrderStatus.CANCELLED, OrderStatus.REFUNDED)
    return _done().filter(status__in=settled, ended_at__lt=cutoff)


def _released(cutoff: datetime) -> "QuerySet[Any]":
    """Orders that ran out without any money; those with money wait for the other class."""
    money = PaymentAttempt.objects.filter(
        intent__payable_kind=PAYABLE_KIND, intent__payable_id=OuterRef("pk"), state__in=_WITH_MONEY
    )
    released = _done().filter(~Exists(money), status=OrderStatus.EXPIRED)
    return released.annotate(released_at=Coalesce("closed_at", "expires_at", "date_placed")).filter(
        released_at__lt=cutoff
    )


def _free(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Nothing bought in them lasts still: an open course keeps its order."""
    needed = Line.objects.filter(needed_rows(Line, besides=(LineRefund, RefundProposal)), order=OuterRef("pk"))
    return standing_alone(rows.filter(~Exists(needed)))


def _erase(rows: "QuerySet[Any]") -> int:
    """Delete orders with their lines, questions, addresses and the basket they came from."""
    chosen = list(rows.values_list("pk", "basket", "shipping_address", "billing_address"))
    orders = Order.objects.filter(pk__in=[order for order, *_rest in chosen])
    RefundProposal.objects.filter(line__order__in=orders).delete()
    LineRefund.objects.filter(line__order__in=orders).delete()
    erased = deleted(orders)
    Basket.objects.filter(pk__in=[basket for _order, basket, *_rest in chosen]).delete()
    ShippingAddress.objects.filter(pk__in=[address for _order, _basket, address, _billing in chosen]).delete()
    BillingAddress.objects.filter(pk__in=[address for *_rest, address in chosen]).delete()
    return erased


_CLASSES = (
    RetentionClass(
        key="orders",
        title=_("订单"),
        basis="orders",
        expired=_orders,
        free=_free,
        erase=_erase,
        subjects=_SUBJECTS,
        dated="ended_at",
    ),
    RetentionClass(
        key="released_orders",
        title=_("没有付款就过期的订单"),
        basis="released_holds",
        expired=_released,
        free=_free,
        erase=_erase,
        subjects=_SUBJECTS,
        dated="released_at",
    ),
)


def register_retention() -> None:
    """Register the classes of orders."""
    for retention_class in _CLASSES:
        register(retention_class)
