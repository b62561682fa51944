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

from catalog.order.forms import GiveBackForm, numbered
from catalog.order.models import Order
from catalog.order.rules import alone_fen
from catalog.order.selectors import waiting_proposals
from catalog.order.services import decide_give_back, give_back
from marketplace.accounts.access import duty_required
from marketplace.accounts.duty.selectors import duties_now
from marketplace.accounts.enums import Duty
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.errors import Refusal

from ..forms_vouchers import OrderNumberForm

PAGE_SIZE = 20


@require_http_methods(["GET", "POST"])
@duty_required(Duty.FINANCE)
def goodwill(request: HttpRequest) -> HttpResponse:
    """What waits, and a way to an order by its number; its lines are numbered, not named."""
    order, number_form = _order_asked_for(request)
    lines = list(order.lines.order_by("pk")) if order else []
    form = GiveBackForm(request.POST or None, lines=numbered(lines)) if lines else None
    if request.method == "POST" and form is not None and form.is_valid() and _given(request, form):
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


def _given(request: HttpRequest, form: GiveBackForm) -> bool:
    try:
        proposal = give_back(
            line=form.chosen_line, amount_fen=form.amount_fen, note=form.cleaned_data["note"], asked_by=request.user
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
