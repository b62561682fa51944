"""Products side by side. The address says which: it can be shared, and nothing is kept."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..selectors.comparing import MOST, comparable, compared


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show up to three products beside one another, with others for the same need to add."""
    asked = [
        int(value) for value in request.GET.getlist("p") if value.isascii() and value.isdigit() and len(value) < 10
    ]
    columns = compared(list(dict.fromkeys(asked)), now=timezone.now())
    ids = [column.product.pk for column in columns]
    context = {
        "columns": [(column, _address([pk for pk in ids if pk != column.product.pk])) for column in columns],
        "others": [(product, _address([*ids, product.pk])) for product in comparable(columns, but=ids)]
        if len(ids) < MOST
        else [],
    }
    return render(request, "browse/compare.html", context)


def _address(ids: Sequence[int]) -> str:
    query = urlencode([("p", pk) for pk in ids])
    return f"{reverse('browse:compare')}?{query}" if ids else reverse("browse:index")
