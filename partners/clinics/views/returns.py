"""Goods on their way back: where to, what arrived, and why not."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.returns import services
from catalog.returns.enums import ReturnState
from catalog.returns.models import ReturnRequest
from catalog.returns.selectors import latest_return_address, returns_at
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.errors import Refusal

from ..access import manager_view
from ..forms import ApproveReturnForm, ReceiveReturnForm, RefuseReturnForm
from ..rules import Portal
from ..sights import write_down_returns

PAGE_SIZE = 20


@require_GET
@manager_view
def returns(request: HttpRequest, portal: Portal) -> HttpResponse:
    """The partner's returns, those that are under way first."""
    page = Paginator(returns_at(portal.partner), PAGE_SIZE).get_page(request.GET.get("page"))
    prefetch_keys(page.object_list)
    write_down_returns(portal, page.object_list)
    address = latest_return_address(portal.partner)
    rows = [(each, _forms_of(each, address)) for each in page]
    return render(
        request, "clinics/returns.html", {"portal": portal, "page": "returns", "page_obj": page, "rows": rows}
    )


def _forms_of(found: ReturnRequest, address: str) -> dict[str, Any]:
    """What the partner may do with a return now; many stand on one page, so ids carry its number."""
    if found.state == ReturnState.ASKED:
        approve = ApproveReturnForm(initial={"send_to": address}, auto_id=f"id_%s_{found.pk}")
        return {"approve": approve, "refuse": RefuseReturnForm(auto_id=f"id_%s_{found.pk}")}
    if found.state == ReturnState.SENT_BACK:
        receive = ReceiveReturnForm(initial={"is_sellable": True}, auto_id=f"id_%s_{found.pk}")
        return {"receive": receive, "refuse": RefuseReturnForm(auto_id=f"id_%s_{found.pk}")}
    return {}


@require_POST
@manager_view
def approve_return(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Say where the parcel comes back to."""
    form = ApproveReturnForm(request.POST)
    return _act(request, portal, public_id, form, services.approve_return, answered_by=portal.user)


@require_POST
@manager_view
def refuse_return(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Refuse, with a reason the family reads."""
    form = RefuseReturnForm(request.POST)
    return _act(request, portal, public_id, form, services.refuse_return, answered_by=portal.user)


@require_POST
@manager_view
def receive_return(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Note that the goods arrived; the money goes back."""
    form = ReceiveReturnForm(request.POST)
    return _act(request, portal, public_id, form, services.receive_return, received_by=portal.user)


def _act(request: HttpRequest, portal: Portal, public_id: UUID, form: Any, service: Any, **who: Any) -> HttpResponse:
    found = get_object_or_404(returns_at(portal.partner), public_id=public_id)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("clinics:returns")
    try:
        service(request=found, **form.cleaned_data, **who)
        messages.success(request, _("已记下，并告诉了家长。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("clinics:returns")
