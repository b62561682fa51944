"""Guardianships that somebody asks us to end: the queue, and the answer after looking at evidence."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.consent.enums import DataItem, Purpose
from marketplace.consent.services import look
from marketplace.core.errors import Refusal
from marketplace.families.selectors import guardians_of, waiting_ending_requests
from marketplace.families.services import answer_ending_request

from ..forms import EndingForm

PAGE_SIZE = 20


@require_GET
@duty_required(Duty.REVIEW)
def endings(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first; whose it is stands on the request's own page, where the look is written down."""
    page = Paginator(waiting_ending_requests(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "backoffice/endings.html", {"page_obj": page, "page": "endings"})


@never_cache
@require_http_methods(["GET", "POST"])
@duty_required(Duty.REVIEW)
def ending(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One request: whom to call, whom it is about, and the answer."""
    asked = get_object_or_404(waiting_ending_requests(), public_id=public_id)
    child = asked.guardianship.child
    form = EndingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_ending_request(public_id=public_id, answered_by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已处理。"))
            return redirect("backoffice:endings")
    items = [DataItem.PROFILE, DataItem.CONTACT]
    seen = look(viewer=request.user, children=[child], items=items, purpose=Purpose.OVERSIGHT)
    decision = seen.may_see(child, DataItem.PROFILE)
    context = {"asked": asked, "child": child, "decision": decision, "guardians": guardians_of(child), "form": form}
    return render(request, "backoffice/ending.html", context | {"page": "endings"}, status=422 if form.errors else 200)
