"""A family chooses: somebody else, or all of the money back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from marketplace.core.errors import Refusal

from . import selectors, services
from .models import Rerouting


@require_GET
@login_required
@never_cache
def choose(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show what cannot take place, what could be had instead, and the way to the money."""
    row = _own(request, public_id)
    offers = selectors.replacements(row.booking, now=timezone.now()) if row.is_open else []
    return render(request, "rerouting/choose.html", {"row": row, "offers": offers})


@require_POST
@login_required
def refund(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give all of the money back."""
    row = _own(request, public_id)
    try:
        services.refund_rerouted(rerouting=row, chosen_by=request.user)
        messages.success(request, _("已经取消，付的钱全部原路退回。"))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("rerouting:choose", row.public_id)


@require_POST
@login_required
def replace(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give all of the money back, and go on to the time that was chosen instead."""
    row = _own(request, public_id)
    try:
        found = services.replace_rerouted(rerouting=row, wanted=request.POST.get("wanted", ""), chosen_by=request.user)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("rerouting:choose", row.public_id)
    messages.success(request, _("原来的已经取消，钱会全部原路退回。下面约新的时间。"))
    return redirect(found.url)


def _own(request: HttpRequest, public_id: UUID) -> Rerouting:
    rows = Rerouting.objects.select_related(
        "booking__service__product", "booking__occupancy__provider__partner", "booking__child", "booking__booked_by"
    )
    return get_object_or_404(rows, public_id=public_id, booking__booked_by=request.user)
