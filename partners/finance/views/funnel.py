"""How families come to pay, in counts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from partners.finance.drawing import stage_bars
from partners.finance.selectors.funnel import SMALLEST_SHOWN, plan_funnel, shop_funnel


@require_GET
@duty_required(Duty.FINANCE)
def funnel(request: HttpRequest) -> HttpResponse:
    """Month by month, and the newest whole month as bars."""
    shop, plans = shop_funnel(), plan_funnel()
    page = {
        "page": "funnel",
        "shop": shop,
        "plans": plans,
        "smallest": SMALLEST_SHOWN,
        "month": shop.months[1],
        "shop_bars": stage_bars(shop, 1),
        "plan_bars": stage_bars(plans, 1),
    }
    return render(request, "finance/funnel.html", page)
