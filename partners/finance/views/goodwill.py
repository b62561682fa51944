"""Money given back out of goodwill: of any order by its number, and what waits for a second person.

What was bought is not shown here: finance needs the sums, not the reasons somebody came.
"""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalog.order.models import Line, Order
from catalog.order.rules import alone_fen
from catalog.order.selectors import claimed_fen, waiting_proposals
from catalog.order.services import decide_give_back, give_back
from marketplace.accounts.access import duty_required
from marketplace.accounts.duty.selectors import duties_now
from marketplace.accounts.enums import Duty
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.errors import Refusal
from marketplace.core.formatting import yuan_text

from ..forms_vouchers import GiveBackForm, OrderNumberForm

PAGE_SIZE = 20


@require_http_methods(["GET", "POST"])
@duty_required(Duty.FINANCE)
def goodwill(request: HttpRequest) -> HttpResponse:
    """What waits, and a way to an order by its number; its lines are numbered, not named."""
    order, number_form = _order_asked_for(request)
    lines = list(order.lines.order_by("pk")) if order else []
    form = GiveBackForm(request.POST or None, lines=_choices(lines)) if lines else None
    if request.method == "POST" and form is not None and form.is_valid() and _given(request, form, lines):
        return redirect("finance:goodwill")
    page = Paginator(waiting_proposals(), PAGE_SIZE).get_page(request.GET.get("page"))
    prefetch_keys(page.object_list)
    context = {
        "page": "goodwill",
        "page_obj": page,
        "number_form": number_form,
        "order": order,
        "form": form,
        "limit_fen": alone_fen(duties_now(request.user), is_partners=False),
    }
    status = 400 if form is not None and form.errors else 200
    return render(request, "finance/goodwill.html", context, status=status)


def _order_asked_for(request: HttpRequest) -> tuple[Order | None, OrderNumberForm]:
    if "number" not in request.GET:
        return None, OrderNumberForm()
    form = OrderNumberForm(request.GET)
    if not form.is_valid():
        return None, form
    number = form.cleaned_data["number"].strip().upper()
    order = Order.objects.filter(number=number, paid_at__isnull=False).first()
    if order is None:
        form.add_error("number", _("没有找到这个已付款的订单。"))
    return order, form


def _choices(lines: list[Line]) -> list[tuple[str, str]]:
    words = _("第 {number} 项，付了 {paid}，还可以退 {left}")
    return [
        (
            str(line.pk),
            words.format(
                number=number, paid=yuan_text(line.price_fen), left=yuan_text(line.price_fen - claimed_fen(line))
            ),
        )
        for number, line in enumerate(lines, start=1)
    ]


def _given(request: HttpRequest, form: GiveBackForm, lines: list[Line]) -> bool:
    line = next(line for line in lines if str(line.pk) == form.cleaned_data["line"])
    try:
        proposal = give_back(
            line=line, amount_fen=form.amount_fen, note=form.cleaned_data["note"], asked_by=request.user
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("已退款。") if proposal.refund_id else _("已提交，等另一位同事确认。"))
    return True


@require_POST
@duty_required(Duty.FINANCE)
def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Agree, or not, as the second person."""
    proposal = get_object_or_404(waiting_proposals(), public_id=public_id)
    try:
        decide_give_back(proposal=proposal, agrees=request.POST.get("agrees") == "yes", decided_by=request.user)
        messages.success(request, _("已处理。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("finance:goodwill")
