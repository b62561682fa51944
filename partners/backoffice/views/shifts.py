"""Who is on duty when: everybody on our staff sees it, a lead plans it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.accounts.access import role_required
from marketplace.accounts.duty import selectors, services
from marketplace.accounts.enums import Role
from marketplace.accounts.models import DutyShift
from marketplace.core.errors import Refusal

from ..forms import ShiftForm


@require_http_methods(["GET", "POST"])
@role_required(Role.STAFF)
def shifts(request: HttpRequest) -> HttpResponse:
    """The shifts from a week ago on; a lead adds one."""
    is_lead = services.may_plan_shifts(request.user)
    form = ShiftForm(request.POST or None) if is_lead else None
    if request.method == "POST" and form and form.is_valid():
        try:
            services.plan_shift(planned_by=request.user, **form.cleaned_data)
            messages.success(request, _("已排班。"))
            return redirect("backoffice:shifts")
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    now = timezone.now()
    rows = [
        {"shift": shift, "is_now": shift.begins_at <= now < shift.ends_at, "is_past": shift.ends_at <= now}
        for shift in selectors.recent_shifts(now)
    ]
    context = {
        "rows": rows,
        "mine": [row for row in rows if row["shift"].user_id == request.user.pk],
        "duties_now": selectors.duties_now(request.user, now),
        "form": form,
        "is_lead": is_lead,
        "page": "shifts",
    }
    return render(request, "backoffice/shifts.html", context)


@require_POST
@role_required(Role.STAFF)
def end_shift(request: HttpRequest, pk: int) -> HttpResponse:
    """A lead takes a shift back, or ends the one that runs."""
    if not services.may_plan_shifts(request.user):
        raise Http404
    shift = get_object_or_404(DutyShift, pk=pk)
    services.end_shift(shift=shift, now=timezone.now(), ended_by=request.user)
    messages.success(request, _("已更改班次。"))
    return redirect("backoffice:shifts")
