"""A family's orders."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog.scheduling.enums import CancelledBy
from catalog.scheduling.rules import can_cancel, is_free_until_start
from catalog.scheduling.selectors import FamilySight, family_sight
from marketplace.core.errors import Refusal
from marketplace.core.formatting import yuan_text
from payments.minors import self_pay_left_fen
from payments.requests.selectors import latest_ask_of_intent

from . import selectors, services
from .cancellations import lines_cancelled_with, quote_cancellation
from .enums import OrderStatus
from .forms import QuestionForm
from .models import Line, Order
from .rules import can_be_paid, is_paid_by_credit
from .words_read import screen_question

PAGE_SIZE = 10
_BILLS = "family"


@login_required
def list_orders(request: HttpRequest) -> HttpResponse:
    """Show the person's orders under tabs."""
    tab = request.GET.get("tab", "")
    sight = family_sight(request.user)
    bill_lines = selectors.bill_lines(sight)
    if tab == _BILLS:
        return _show_bills(request, sight, bill_lines)
    tab = tab if tab in selectors.TABS else ""
    tabs = _tabs(request, tab, bill_lines.count())
    page = Paginator(selectors.orders_of(request.user, tab=tab), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "order/list.html", {"page": page, "tabs": tabs})


def _show_bills(request: HttpRequest, sight: FamilySight, lines: QuerySet[Line]) -> HttpResponse:
    """Show what others of the family paid for the young people, as far as this person may see it."""
    page = Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page"))
    services.note_bills_seen(page, sight)
    context = {
        "page": page,
        "tabs": _tabs(request, _BILLS, page.paginator.count),
        "bills": selectors.bills(page, sight),
    }
    return render(request, "order/bills.html", context)


def _tabs(request: HttpRequest, chosen: str, bill_count: int) -> list[dict[str, Any]]:
    counts = selectors.tab_counts(request.user)
    labels = {"": _("全部")}
    if bill_count or chosen == _BILLS:
        labels[_BILLS], counts[_BILLS] = _("家人付的"), bill_count
    labels |= {"pending": _("待付款"), "paid": _("已付款"), "ended": _("已结束")}
    return [
        {"label": label, "href": f"?tab={key}" if key else "?", "on": key == chosen, "count": counts[key]}
        for key, label in labels.items()
    ]


@login_required
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one order: its state and what can be done now."""
    return _show(request, _own_order(request, public_id), QuestionForm())


@login_required
def cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give up an unpaid order, after asking once."""
    order = _own_order(request, public_id)
    if request.method != "POST":
        if order.status != OrderStatus.PENDING:
            return redirect("orders:detail", public_id=order.public_id)
        return render(request, "order/cancel.html", {"order": order})
    try:
        services.cancel_order(order=order, cancelled_by=request.user)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("订单已取消，没有扣款。"))
    return redirect("orders:detail", public_id=order.public_id)


@login_required
def cancel_booking(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Cancel a paid session, after showing exactly how much comes back."""
    line = selectors.booked_line_of(request.user, public_id)
    if line is None:
        raise Http404
    if request.method == "POST":
        return _cancel_line(request, line)
    now = timezone.now()
    if not can_cancel(line.booking, now=now):
        messages.info(request, _("这个预约已经不能在线取消。需要帮助的话，可以在订单里提问。"))
        return redirect("orders:detail", public_id=line.order.public_id)
    quote = quote_cancellation(lines_cancelled_with(line), now=now)
    context = {
        "line": line,
        "quote": quote,
        "refund_fen": quote.refund_fen,
        "is_credit": is_paid_by_credit(line),
        "window": quote.lines[0].window,
        "is_free_until_start": is_free_until_start(line.booking),
    }
    return render(request, "order/cancel_booking.html", context)


def _cancel_line(request: HttpRequest, line: Line) -> HttpResponse:
    shown = request.POST.get("refund_fen", "")
    try:
        cancelled = services.cancel_booked_line(
            booking_id=line.booking_id,
            cancelled_by=CancelledBy.FAMILY,
            initiator=request.user,
            shown_refund_fen=int(shown) if shown.isdecimal() else -1,
        )
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("orders:cancel_booking", public_id=line.booking.public_id)
    if cancelled.is_credit_back:
        words = _("预约已取消，这一次已经退回次卡。")
    elif cancelled.total_refund_fen:
        words = _("预约已取消，{amount} 会原路退回。").format(amount=yuan_text(cancelled.total_refund_fen))
    else:
        words = _("预约已取消。")
    messages.success(request, words)
    return redirect("orders:detail", public_id=line.order.public_id)


@require_POST
@login_required
def ask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send a question about an order to our staff."""
    order = _own_order(request, public_id)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _show(request, order, form, status=422)
    question = services.ask_question(order=order, asked_by=request.user, body=form.cleaned_data["body"])
    screen_question(request, question, request.user)  # type: ignore[arg-type]
    messages.success(request, _("问题已发给平台工作人员，回复后会通知你。"))
    return redirect("orders:detail", public_id=order.public_id)


def _own_order(request: HttpRequest, public_id: UUID) -> Order:
    order = selectors.order_of_user(request.user, public_id)
    if order is None:
        raise Http404
    return order


def _show(request: HttpRequest, order: Order, form: QuestionForm, *, status: int = 200) -> HttpResponse:
    now = timezone.now()
    view = selectors.order_view(order)
    context = {
        "view": view,
        "order": order,
        "rows": [(line, _may_cancel_line(line, order)) for line in view.lines],
        "can_pay": can_be_paid(order, now=now) and view.intent is not None and not _has_lost_time(view.lines),
        "has_lost_time": order.status == OrderStatus.PENDING and _has_lost_time(view.lines),
        "form": form,
    } | _who_pays(request, view)
    return render(request, "order/detail.html", context, status=status)


def _who_pays(request: HttpRequest, view: selectors.OrderView) -> dict[str, Any]:
    """Whether the buyer pays it, or a parent who was or can be asked."""
    if view.intent is None or not view.intent.is_open:
        return {"may_pay_alone": True}
    ask = latest_ask_of_intent(view.intent.pk)
    left = self_pay_left_fen(request.user, besides=view.intent)
    return {
        "ask": ask if ask and ask.is_active else None,
        "ask_url": "" if ask or left is None else reverse("payment_requests:ask", args=[view.intent.public_id]),
        "may_pay_alone": left is None or view.intent.amount_fen <= left,
    }


def _has_lost_time(lines: Sequence[Line]) -> bool:
    """Whether the provider took back a time before it was paid: paying would only lead to a refund."""
    return any(line.booking and line.booking.cancelled_by == CancelledBy.PROVIDER for line in lines)


def _may_cancel_line(line: Line, order: Order) -> bool:
    return order.paid_at is not None and line.booking is not None and can_cancel(line.booking, now=timezone.now())
