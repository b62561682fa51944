"""Money for communities: funds, what two people put in, and what communities ask for with their receipts."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.core.errors import Refusal
from marketplace.core.money import fen_from_yuan
from payments.grants import services
from payments.grants.enums import AskState, MoneyFrom
from payments.grants.evidence import take_out
from payments.grants.models import Allocation, Fund, SpendRequest
from payments.grants.selectors import fund_moves, left_in, left_in_each, put_in, spend_requests_of
from payments.payees import payees

from ..forms_payouts import AllocationForm, DecisionForm, FundForm

PAGE_SIZE = 30


@require_GET
@duty_required(Duty.FINANCE)
def funds(request: HttpRequest) -> HttpResponse:
    """Every fund, with what is left and what waits for an answer."""
    page = Paginator(Fund.objects.all(), PAGE_SIZE).get_page(request.GET.get("page"))
    left = left_in_each(list(page))
    names = payees().names({fund.payee for fund in page})
    waiting = set(SpendRequest.objects.filter(fund__in=list(page), state=AskState.ASKED).values_list("fund", flat=True))
    rows = [(fund, names.get(fund.payee, ""), left[fund.pk], fund.pk in waiting) for fund in page]
    return render(request, "finance/funds.html", {"page": "funds", "page_obj": page, "rows": rows})


@require_http_methods(["GET", "POST"])
@duty_required(Duty.FINANCE)
def new(request: HttpRequest) -> HttpResponse:
    """Open a fund for a community."""
    form = FundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        fund = services.open_fund(
            plan=services.FundPlan(
                payee=values["payee"].public_id,
                title=values["title"],
                budget_fen=fen_from_yuan(values["budget"]),
                starts_on=values["starts_on"],
                ends_on=values["ends_on"],
            ),
            opened_by=request.user,
        )
        messages.success(request, _("已建立。拨入的钱要另一位同事批准。"))
        return redirect("finance:fund", fund.public_id)
    status = 400 if form.errors else 200
    return render(request, "finance/fund_new.html", {"page": "funds", "form": form}, status=status)


@require_http_methods(["GET", "POST"])
@never_cache
@duty_required(Duty.FINANCE)
def fund(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One fund: its statement, what was put in, what is asked for; a form to put money in."""
    shown = get_object_or_404(Fund, public_id=public_id)
    form = AllocationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.ask_allocation(
                fund=shown,
                amount_fen=form.amount_fen,
                money_from=MoneyFrom(form.cleaned_data["money_from"]),
                asked_by=request.user,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已提交，请另一位同事批准。"))
            return redirect("finance:fund", public_id)
    context = {
        "page": "funds",
        "fund": shown,
        "name": payees().names([shown.payee]).get(shown.payee, ""),
        "form": form,
        "left_fen": left_in(shown),
        "put_in_fen": put_in(shown),
        "moves": fund_moves(shown),
        "allocations": shown.allocations.select_related("asked_by", "decided_by"),
        "requests": spend_requests_of(shown),
        "decision_form": DecisionForm(),
    }
    return render(request, "finance/fund.html", context, status=400 if form.errors else 200)


@require_POST
@duty_required(Duty.FINANCE)
def decide_allocation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put money in, or decline, as the second person."""
    allocation = get_object_or_404(Allocation.objects.select_related("fund"), public_id=public_id)
    try:
        services.decide_allocation(
            allocation=allocation, approved=request.POST.get("say") == "yes", decided_by=request.user
        )
        messages.success(request, _("已处理。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("finance:fund", allocation.fund.public_id)


@require_POST
@duty_required(Duty.FINANCE)
def decide_request(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Approve or decline what a community asks for."""
    asked = get_object_or_404(SpendRequest.objects.select_related("fund"), public_id=public_id)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("话太长了，请不要超过 300 字。"))
        return redirect("finance:fund", asked.fund.public_id)
    try:
        services.decide_spend_request(
            request=asked,
            approved=request.POST.get("say") == "yes",
            decided_by=request.user,
            answer=form.cleaned_data["answer"],
        )
        messages.success(request, _("已处理。批准的钱会随下一次付款付给社区。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("finance:fund", asked.fund.public_id)


@require_GET
@never_cache
@duty_required(Duty.FINANCE)
def evidence(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The receipt of a request, to be looked at."""
    asked = get_object_or_404(SpendRequest, public_id=public_id)
    try:
        content = take_out(asked.evidence)
    except Refusal as refusal:
        raise Http404 from refusal
    response = HttpResponse(content, content_type=asked.evidence_type)
    response["Content-Disposition"] = "attachment" if asked.evidence_type == "application/pdf" else "inline"
    return response
