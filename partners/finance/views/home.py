"""Where finance duty begins."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from partners.finance.selectors.books import balance_rows
from partners.finance.selectors.waiting import everything_waiting
from payments.ledger.selectors import total_fen


@require_GET
@duty_required(Duty.FINANCE)
def home(request: HttpRequest) -> HttpResponse:
    """What waits, and where the money stands."""
    page = {
        "page": "home",
        "desks": everything_waiting(),
        "balances": balance_rows(),
        "total_fen": total_fen(),
    }
    return render(request, "finance/home.html", page)
