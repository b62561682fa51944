"""What the partner earned, what comes, what was paid; month by month, to take away; and the account it goes to."""

import csv
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.errors import Refusal
from marketplace.core.money import yuan_from_fen
from payments.settlement.models import PayoutAccount, Statement
from payments.settlement.rules import MINIMUM_PAYOUT_FEN
from payments.settlement.selectors import (
    account_in_force,
    account_under_change,
    balance_of,
    coming_earnings,
    fee_names,
    payouts_of,
    statement_rows,
    statements_of,
)
from payments.settlement.services import ask_account_change, stop_account_change

from ..access import manager_view
from ..money_forms import AccountForm
from ..rules import Portal

PAGE_SIZE = 20
SHOWN = 12


@require_GET
@never_cache
@manager_view
def money(request: HttpRequest, portal: Portal) -> HttpResponse:
    """The balance, what comes, the months and the payouts."""
    return _money_page(request, portal)


def _money_page(request: HttpRequest, portal: Portal, form: AccountForm | None = None) -> HttpResponse:
    payee = portal.partner.public_id
    account, change = account_in_force(payee), account_under_change(payee)
    prefetch_keys([each for each in (account, change) if each])
    context = {
        "portal": portal,
        "page": "money",
        "balance": balance_of(payee),
        "coming": Paginator(coming_earnings(payee), PAGE_SIZE).get_page(request.GET.get("page")),
        "statements": statements_of(payee)[:SHOWN],
        "payouts": payouts_of(payee)[:SHOWN],
        "account": account,
        "account_hint": _hint(account.number) if account else "",
        "change": change,
        "form": form or AccountForm(),
        "minimum_fen": MINIMUM_PAYOUT_FEN,
    }
    return render(request, "clinics/money.html", context, status=400 if form else 200)


@require_GET
@never_cache
@manager_view
def statement(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """One month, every row of it."""
    shown = _statement(portal, public_id)
    context = {
        "portal": portal,
        "page": "money",
        "statement": shown,
        "shares": _shares(shown),
        "rows": statement_rows(shown),
    }
    return render(request, "clinics/statement.html", context)


@require_GET
@never_cache
@manager_view
def statement_csv(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """The same as a table for the partner's books."""
    shown = _statement(portal, public_id)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="xinqiao-{shown.period_on:%Y-%m}.csv"'
    response.write("\ufeff")  # Excel takes it for UTF-8 then
    table = csv.writer(response)
    table.writerow([_("时间"), _("事由"), _("订单"), _("金额"), _("服务费"), pgettext("对账单", "净额")])
    for row in statement_rows(shown):
        what = _("{what}退款").format(what=row.what) if row.is_claw_back else row.what
        when = f"{timezone.localtime(row.at):%Y-%m-%d %H:%M}"
        table.writerow(
            [when, what, row.reference, *map(yuan_from_fen, (row.gross_fen, row.commission_fen, row.net_fen))]
        )
    for label, fen in (
        (_("上月结余"), shown.opening_fen),
        (_("本月净额"), shown.net_fen),
        (_("已付给你们"), -shown.paid_fen),
        (_("结余"), shown.closing_fen),
    ):
        table.writerow([label, "", "", "", "", yuan_from_fen(fen)])
    return response


@require_POST
@manager_view
def change_account(request: HttpRequest, portal: Portal) -> HttpResponse:
    """Ask for another account; everybody who manages the partner is told."""
    form = AccountForm(request.POST)
    if not form.is_valid():
        return _money_page(request, portal, form)
    try:
        ask_account_change(payee=portal.partner.public_id, details=form.details(), asked_by=portal.user)
        messages.success(request, _("已提交。我们核实并确认后，再过 24 小时生效。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("clinics:money")


@require_POST
@manager_view
def stop_change(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Stop a change of the account that does not count yet."""
    change = get_object_or_404(PayoutAccount, public_id=public_id, payee=portal.partner.public_id)
    try:
        stop_account_change(account=change)
        messages.success(request, _("已停止。继续使用原来的账户。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("clinics:money")


def _hint(number: str) -> str:
    """Enough of an account to know it again."""
    return f"{number[:3]}****{number[-4:]}"


def _statement(portal: Portal, public_id: UUID) -> Statement:
    return get_object_or_404(statements_of(portal.partner.public_id), public_id=public_id)


def _shares(shown: Statement) -> list[tuple[Any, int]]:
    """What was taken, share by share, under the names the rules give them."""
    names = fee_names()
    return [(names.get(code, code), fen) for code, fen in shown.commissions.items()]
