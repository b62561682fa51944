"""What partners are paid: drafted, approved by another, sent, asked after, tried again; and where their money goes."""

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.errors import Refusal
from payments.payees import payees
from payments.settlement import services
from payments.settlement.enums import LIVE_PAYOUT_STATES, PayoutState
from payments.settlement.models import Payee, Payout, PayoutAccount
from payments.settlement.rules import MINIMUM_PAYOUT_FEN
from payments.settlement.selectors import accounts_in_force, accounts_under_change, balances_of

from ..forms_payouts import BankAnswerForm

PAGE_SIZE = 30


@require_GET
@never_cache
@duty_required(Duty.FINANCE)
def payouts(request: HttpRequest) -> HttpResponse:
    """What is to be done, and what stands open with every partner."""
    page = Paginator(Payee.objects.order_by("pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    open_ones = list(_with_people(_to_do()))
    changes = list(accounts_under_change().select_related("asked_by", "confirmed_by"))
    partners = [row.payee for row in page]
    names = payees().names({*partners, *(each.payee for each in (*open_ones, *changes))})
    accounts = accounts_in_force(partners)
    busy = {each.payee for each in open_ones if each.state in LIVE_PAYOUT_STATES}
    balances = balances_of(partners)
    prefetch_keys(changes)
    context = {
        "page": "payouts",
        "page_obj": page,
        "to_do": [(each, names.get(each.payee), _steps(each, request.user)) for each in open_ones],
        "changes": [(each, names.get(each.payee), each.asked_by_id != request.user.pk) for each in changes],
        "rows": [
            {
                "payee": payee,
                "name": names.get(payee, ""),
                "balance": balances[payee],
                "has_account": payee in accounts,
                "can_draft": payee in accounts
                and payee not in busy
                and balances[payee].payable_fen >= MINIMUM_PAYOUT_FEN,
            }
            for payee in partners
        ],
    }
    return render(request, "finance/payouts.html", context)


@require_GET
@never_cache
@duty_required(Duty.FINANCE)
def payout(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One payout: its people, its account, and the next step."""
    shown = get_object_or_404(_with_people(Payout.objects.all()), public_id=public_id)
    return _payout_page(request, shown)


def _payout_page(request: HttpRequest, shown: Payout, form: BankAnswerForm | None = None) -> HttpResponse:
    steps = _steps(shown, request.user)
    context = {
        "page": "payouts",
        "payout": shown,
        "name": payees().names([shown.payee]).get(shown.payee, ""),
        "steps": steps,
        "bank_form": (form or BankAnswerForm()) if "bank" in steps else None,
    }
    return render(request, "finance/payout.html", context, status=400 if form else 200)


@require_GET
@never_cache
@duty_required(Duty.FINANCE)
def history(request: HttpRequest) -> HttpResponse:
    """Every payout there ever was, the latest first."""
    page = Paginator(_with_people(Payout.objects.order_by("-drafted_at", "-pk")), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    names = payees().names({each.payee for each in page})
    context = {"page": "payouts", "page_obj": page, "rows": [(each, names.get(each.payee, "")) for each in page]}
    return render(request, "finance/payout_history.html", context)


@require_POST
@duty_required(Duty.FINANCE)
def draft(request: HttpRequest, payee: UUID) -> HttpResponse:
    """Draft a payout of everything payable to a partner."""
    get_object_or_404(Payee, payee=payee)
    try:
        services.draft_payout(payee=payee, drafted_by=request.user)
        messages.success(request, _("已起草，请另一位同事复核。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("finance:payouts")


Step = Callable[[Payout, User], Any]
#: By name, what each step does and what is said when it is done.
STEPS: dict[str, tuple[Step, Callable[[], str]]] = {
    "take-up": (
        lambda each, user: services.take_up_payout(payout=each, drafted_by=user),
        lambda: _("你已作为起草人，请另一位同事复核。"),
    ),
    "approve": (
        lambda each, user: services.approve_payout(payout=each, approved_by=user),
        lambda: _("已复核，可以发出。"),
    ),
    "withdraw": (lambda each, user: services.withdraw_payout(payout=each), lambda: _("已撤回，金额仍记在机构名下。")),
    "send": (
        lambda each, user: services.send_payout(payout=each, sent_by=user),
        lambda: _("已发出。没有到账之前，系统会一直查询。"),
    ),
    "ask": (lambda each, user: services.check_payout(payout_id=each.pk), lambda: _("已向支付公司查询。")),
    "retry": (
        lambda each, user: services.retry_payout(payout=each, drafted_by=user),
        lambda: _("已按新编号重新起草，请另一位同事复核。"),
    ),
}


@require_POST
@duty_required(Duty.FINANCE)
def step(request: HttpRequest, public_id: UUID, step: str) -> HttpResponse:
    """Take one step with a payout."""
    chosen = get_object_or_404(Payout.objects.select_related("account"), public_id=public_id)
    if step not in STEPS:
        raise Http404
    act, said = STEPS[step]
    try:
        act(chosen, request.user)
        messages.success(request, said())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("finance:payout", public_id)


@require_POST
@duty_required(Duty.FINANCE)
def bank_answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Note what the bank says of a transfer made by hand."""
    chosen = get_object_or_404(_with_people(Payout.objects.all()), public_id=public_id)
    form = BankAnswerForm(request.POST)
    if not form.is_valid():
        return _payout_page(request, chosen, form)
    try:
        services.record_bank_transfer(payout=chosen, recorded_by=request.user, **form.cleaned_data)
        messages.success(request, _("已记录。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("finance:payout", public_id)


@require_POST
@duty_required(Duty.FINANCE)
def account(request: HttpRequest, public_id: UUID, step: str) -> HttpResponse:
    """Confirm or stop a change of a partner's account."""
    change = get_object_or_404(PayoutAccount, public_id=public_id)
    try:
        if step == "confirm":
            services.confirm_account_change(account=change, confirmed_by=request.user)
            messages.success(request, _("已确认。24 小时后生效，机构已收到通知。"))
        else:
            services.stop_account_change(account=change)
            messages.success(request, _("已停止这次变更。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("finance:payouts")


def _to_do() -> Any:
    failed = Payout.objects.filter(state=PayoutState.FAILED, retried_by=None)
    return (Payout.objects.filter(state__in=LIVE_PAYOUT_STATES, retried_by=None) | failed).order_by("drafted_at")


def _with_people(rows: Any) -> Any:
    return rows.select_related("account", "drafted_by", "approved_by", "sent_by", "retries", "retried_by")


def _steps(each: Payout, user: User) -> Collection[str]:
    """What this person may do with a payout now, the likeliest first."""
    if each.state == PayoutState.DRAFT:
        if each.drafted_by_id is None:
            return ("take-up", "withdraw")
        return ("approve", "withdraw") if each.drafted_by_id != user.pk else ("withdraw",)
    if each.state == PayoutState.APPROVED:
        return ("send", "withdraw")
    if each.state == PayoutState.SENT:
        if each.account.channel == "bank":
            return ("bank",) if each.sent_by_id != user.pk else ()
        return ("ask",)
    return ("retry",) if each.state == PayoutState.FAILED and not hasattr(each, "retried_by") else ()
