"""The partner's part of orders: its state, its money, its parcel. What others sell in the same order is not shown."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from catalog.fulfilment.parts import orders_with, parts_at
from catalog.mediation.selectors import cases_at
from catalog.mediation.steps import STATUS_KINDS

from ..access import orders_view
from ..rules import Portal

PAGE_SIZE = 20
PART_KINDS = {"waiting": "wait", "partly": "wait", "sent": "good", "done": "good"}


@require_GET
@orders_view
def orders(request: HttpRequest, portal: Portal) -> HttpResponse:
    """The orders that something of the partner is in, the newest first; one is found by its number."""
    number = request.GET.get("number", "").strip().upper()
    found = orders_with(portal.partner)
    if number:
        found = found.filter(number=number)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(part, PART_KINDS.get(part.state, "")) for part in parts_at(portal.partner, page)]
    context = {"portal": portal, "page": "orders", "page_obj": page, "rows": rows, "number": number}
    return render(request, "clinics/orders.html", context)


@require_GET
@orders_view
def order(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """The partner's part of one order. Whose session it is stands in the calendar, behind its own door."""
    found = get_object_or_404(orders_with(portal.partner), public_id=public_id)
    (part,) = parts_at(portal.partner, [found])
    cases = [(case, STATUS_KINDS.get(case.state, "")) for case in cases_at(portal.partner).filter(line__order=found)]
    context = {
        "portal": portal,
        "page": "orders",
        "part": part,
        "kind": PART_KINDS.get(part.state, ""),
        "cases": cases,
    }
    return render(request, "clinics/order.html", context)
