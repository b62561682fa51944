"""Checkout: one page, then payment."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.basket import selectors
from catalog.basket.forms import CodeForm
from catalog.basket.models import Basket
from catalog.basket.selectors import Wish
from catalog.basket.views import say_what_expired, show_taken
from catalog.order.enums import PAYABLE_KIND
from catalog.order.errors import BasketEmpty
from catalog.order.models import Order
from catalog.order.selectors import latest_address_of, latest_contact_of
from catalog.order.services import place_order
from catalog.order.words_read import screen_note
from catalog.scheduling.errors import SlotTaken
from marketplace.core.errors import Refusal
from payments.requests.selectors import latest_ask_of_intent
from payments.requests.services import Ask, end_overdue_ask
from payments.selectors import open_intent_of

from .covering import Sums, sums_for
from .forms import CheckoutForm
from .paying import PayingPart, paying_part


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Show what is about to be ordered; sending it places the order and leads to the cashier."""
    if request.method == "POST":
        return _place(request)
    say_what_expired(request)
    basket = selectors.open_basket_of(request.user)
    wishes = selectors.wishes_in(basket)
    if not wishes:
        messages.info(request, str(BasketEmpty.sentence))
        return redirect("basket:summary")
    sums = sums_for(request.user, basket, wishes, with_money=_with_money(request.GET.getlist("money")))
    form = _form(request, sums, initial=_known(request) | sums.covering.initial)
    return _show(request, basket, sums, form, paying_part(request, total_fen=sums.total_fen))


def _form(request: HttpRequest, sums: Sums, *args: Any, **kwargs: Any) -> CheckoutForm:
    wishes = [row.wish for row in sums.rows]
    return CheckoutForm(*args, user=request.user, wishes=wishes, grants=sums.covering.possible, **kwargs)


def _with_money(written: list[str]) -> set[int]:
    """The lines that are to be paid with money though a package could."""
    return {int(line) for line in written if line.isdecimal() and len(line) < 18}


def _posted_sums(request: HttpRequest, basket: Basket | None, wishes: list[Wish]) -> Sums:
    """The sums the page showed: a line whose package field came back empty is paid with money."""
    unpaid = {wish.line.pk for wish in wishes if not request.POST.get(f"credit_{wish.line.pk}")}
    return sums_for(request.user, basket, wishes, with_money=unpaid)


def _place(request: HttpRequest) -> HttpResponse:
    """Place the order. A second click finds the order the first one made."""
    basket = _basket_sent(request)
    if basket is not None and (placed := Order.objects.filter(basket=basket).first()):
        return redirect(_next_page(placed))
    wishes = selectors.wishes_in(basket)
    if not wishes:
        messages.info(request, str(BasketEmpty.sentence))
        return redirect("basket:summary")
    sums = _posted_sums(request, basket, wishes)
    form = _form(request, sums, request.POST)
    paying = paying_part(request, total_fen=sums.total_fen)
    if not form.is_valid() or (paying is not None and not paying.is_valid()):
        return _show(request, basket, sums, form, paying, status=422)
    ask = paying.ask if paying else None
    if ask is not None:
        end_overdue_ask(user=request.user)
    try:
        order = _order_from(request, basket, form, ask)
    except SlotTaken as refusal:
        return show_taken(request, refusal)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _show(
            request, basket, _posted_sums(request, basket, selectors.wishes_in(basket)), form, paying, status=409
        )
    screen_note(request, order, request.user)  # type: ignore[arg-type]
    return redirect(_next_page(order))


def _order_from(request: HttpRequest, basket: Basket, form: CheckoutForm, ask: Ask | None) -> Order:
    data = form.cleaned_data
    shown = request.POST.get("shown_fen", "")
    return place_order(
        user=request.user,
        basket=basket,
        contact_name=data["contact_name"],
        contact_phone=data["contact_phone"],
        note=data["note"],
        address=form.address,
        children=form.children_by_line,
        credits=form.credits_by_line,
        shown_fen=int(shown) if shown.isdecimal() else None,
        ask=ask,
    )


def _basket_sent(request: HttpRequest) -> Basket | None:
    """The basket the page was about, so that a double click is not about the next one."""
    written = request.POST.get("basket", "")
    if not written.isdecimal() or len(written) > 18:
        return None
    return Basket.objects.filter(pk=written, owner=request.user).first()


def _next_page(order: Order) -> str:
    intent = open_intent_of(PAYABLE_KIND, order.pk)
    if intent is None:
        return reverse("orders:detail", args=[order.public_id])
    if asked := latest_ask_of_intent(intent.pk):
        return reverse("payment_requests:mine", args=[asked.public_id])
    return reverse("payments:cashier", args=[intent.public_id])


def _known(request: HttpRequest) -> dict[str, Any]:
    """What was said last time, or what the account says."""
    name, phone = latest_contact_of(request.user) or (request.user.nickname, request.user.phone or "")
    known = {"contact_name": name, "contact_phone": phone.removeprefix("+86")}
    address = latest_address_of(request.user)
    if address is not None:
        known |= {"region": address.state, "detail": address.line1}
    return known


def _show(
    request: HttpRequest,
    basket: Basket,
    sums: Sums,
    form: CheckoutForm,
    paying: PayingPart | None,
    *,
    status: int = 200,
) -> HttpResponse:
    wishes = [row.wish for row in sums.rows]
    context = {
        "basket": basket,
        "sums": sums,
        "rows": [(row, form.line_fields.get(row.wish.line.pk)) for row in sums.rows],
        "code_form": CodeForm(),
        "form": form,
        "paying": paying,
        "total_fen": sums.total_fen,
        "held_until": min((w.line.booking.held_until for w in wishes if w.line.booking), default=None),
        "has_sessions": any(w.line.booking for w in wishes),
        "steps": [
            {
                "label": _("选时间") if any(w.line.booking for w in wishes) else _("选购"),
                "state": "done",
                "href": reverse("basket:summary"),
            },
            {"label": _("确认"), "state": "now"},
            {"label": _("家长付款") if paying else _("付款"), "state": "todo"},
            {"label": _("完成"), "state": "todo"},
        ],
    }
    return render(request, "checkout/checkout.html", context, status=status)
