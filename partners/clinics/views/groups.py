"""Groups: planning a date, who comes, and taking a date back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.order.services import cancel_group
from catalog.scheduling.enums import OccupancyKind
from catalog.scheduling.models import Occupancy
from catalog.scheduling.services import schedule_group_session
from marketplace.core.errors import Refusal

from ..access import portal_view
from ..group_form import GroupForm
from ..group_rows import group_row
from ..rules import Portal
from ..selectors import groups_of
from .moving import session_of


@require_GET
@portal_view
def groups(request: HttpRequest, portal: Portal) -> HttpResponse:
    """The dates to come, and the form for one more."""
    return _page(request, portal, GroupForm(portal=portal))


def _page(request: HttpRequest, portal: Portal, form: GroupForm) -> HttpResponse:
    """No names here: numbers only. Who comes, the roster says."""
    rows = [group_row(session) for session in groups_of(portal)]
    context = {
        "portal": portal,
        "page": "groups",
        "rows": rows,
        "form": form,
        "can_plan": form.fields["service"].queryset.exists(),  # type: ignore[attr-defined]
        "now": timezone.now(),
    }
    return render(request, "clinics/groups.html", context)


@require_POST
@portal_view
def schedule(request: HttpRequest, portal: Portal) -> HttpResponse:
    """Plan one more date."""
    form = GroupForm(request.POST, portal=portal)
    if not form.is_valid():
        return _page(request, portal, form)
    wanted = ("service", "provider", "starts_at", "seats", "minimum_seats", "location")
    try:
        session = schedule_group_session(**{name: form.cleaned_data[name] for name in wanted})
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, portal, form)
    messages.success(request, _("已开好，家庭现在就能报名。"))
    return redirect("clinics:roster", public_id=session.public_id)


@require_GET
@portal_view
def roster(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Who comes to one date, as far as each family shows it. Members see nothing of this."""
    session = _group_of(portal, public_id)
    context = {"portal": portal, "page": "groups", "row": group_row(session), "session": session, "now": timezone.now()}
    return render(request, "clinics/roster.html", context)


@require_http_methods(["GET", "POST"])
@portal_view
def cancel(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Take one date back: every family is told kindly, and gets everything back."""
    session = _group_of(portal, public_id)
    if request.method == "POST":
        try:
            cancel_group(occupancy_id=session.pk, initiator=portal.user)
            messages.success(request, _("这一场已取消。全额退款已发起，并通知了报名的家庭。"))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("clinics:groups")
    context = {"portal": portal, "page": "groups", "row": group_row(session), "session": session}
    return render(request, "clinics/cancel_group.html", context)


def _group_of(portal: Portal, public_id: UUID) -> Occupancy:
    session = session_of(portal, public_id)
    if session.kind != OccupancyKind.GROUP:
        raise Http404
    return session
