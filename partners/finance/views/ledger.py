"""The ledger, to look at and to take away."""

import csv
from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.core.formatting import in_shanghai
from marketplace.core.money import yuan_from_fen
from partners.finance.forms import LedgerFilter
from partners.finance.selectors.books import Wanted, balance_rows, entry_rows, wanted_entries
from payments.ledger.selectors import total_fen

PAGE_SIZE = 30
_CHUNK = 500


@require_GET
@duty_required(Duty.FINANCE)
def ledger(request: HttpRequest) -> HttpResponse:
    """Balances, and the entries looked for."""
    balances = balance_rows()
    form = LedgerFilter(request.GET, rows=balances)
    page = Paginator(wanted_entries(form.wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": "ledger",
        "balances": balances,
        "total_fen": total_fen(),
        "form": form,
        "page_obj": page,
        "entries": entry_rows(page.object_list),
    }
    return render(request, "finance/ledger.html", context)


@require_GET
@duty_required(Duty.FINANCE)
def ledger_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The entries looked for as a table, one line per leg, amounts in yuan."""
    wanted = LedgerFilter(request.GET, rows=balance_rows()).wanted
    response = StreamingHttpResponse(_csv_lines(wanted), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="ledger.csv"'
    return response


class _Line:
    """What csv.writer writes to: the line itself."""

    def write(self, line: str) -> str:
        return line


def _csv_lines(wanted: Wanted) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield "\ufeff"  # tells Excel that this is UTF-8
    yield writer.writerow([_("发生时间"), _("事项"), _("编号"), _("关于"), _("账户"), _("归属"), _("金额（元）")])
    found = wanted_entries(wanted)
    for start in range(0, found.count(), _CHUNK):
        for row in entry_rows(found[start : start + _CHUNK]):
            when = in_shanghai(row.entry.occurred_at).strftime("%Y-%m-%d %H:%M:%S")
            about = row.order_number or f"{row.entry.payable_kind}:{row.entry.payable_id or ''}".strip(":")
            for leg in row.legs:
                cells = [row.entry.get_kind_display(), row.entry.key, about, leg.account, leg.owner_name]
                yield writer.writerow([when, *(_harmless(cell) for cell in cells), yuan_from_fen(leg.fen)])


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
