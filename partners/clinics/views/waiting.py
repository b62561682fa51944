"""Who waits for a time, in the order in which times are offered to them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.waitlist.enums import NeedBand
from catalog.waitlist.selectors import entries_of
from catalog.waitlist.services import set_need_band
from marketplace.core.errors import Refusal

from ..access import portal_view
from ..queue_rows import queues_of
from ..rules import Portal
from ..sights import look_at_waiting


@require_GET
@portal_view
def waiting(request: HttpRequest, portal: Portal) -> HttpResponse:
    """The lists of the portal's providers' services, whoever is next first."""
    found = entries_of(list(portal.providers()))
    may_know = look_at_waiting(portal, [row.entry for row in found])
    queues = queues_of(found, may_know, timezone.now())
    context = {
        "portal": portal,
        "page": "waiting",
        "queues": queues,
        "unmet": sum(row.is_unmet for queue in queues for row in queue.rows),
        "kept": sum(row.row.offer is not None for queue in queues for row in queue.rows),
        "families": len(found),
    }
    return render(request, "clinics/waiting.html", context)


@require_POST
@portal_view
def set_band(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Say how soon a family needs a session; an empty choice leaves it to the rule."""
    rows = entries_of(list(portal.providers()))
    entry = next((row.entry for row in rows if row.entry.public_id == public_id), None)
    if entry is None:
        raise Http404
    asked = request.POST.get("band", "")
    band = NeedBand(int(asked)) if asked in {str(value) for value in NeedBand.values} else None
    try:
        set_need_band(entry=entry, band=band, set_by=portal.user)
        messages.success(request, _("已保存，次序按新的排。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("clinics:waiting")
