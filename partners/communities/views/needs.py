"""What children around here looked for, as a table that gives nobody away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from marketplace.core.needs import Need
from marketplace.core.suppression import SMALLEST_SHOWN

from ..access import manager_view
from ..need_map import last_month, need_map
from ..rules import Portal


@require_GET
@manager_view
def needs(request: HttpRequest, portal: Portal) -> HttpResponse:
    """The last whole month, every district."""
    today = timezone.localdate()
    table = need_map(today)
    context = {
        "portal": portal,
        "page": "needs",
        "table": table,
        "names": [Need(slug).label for slug in table.columns],
        "sums": [table.column_totals[slug] for slug in table.columns],
        "month": last_month(today)[0],
        "smallest": SMALLEST_SHOWN,
    }
    return render(request, "communities/needs.html", context)
