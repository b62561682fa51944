"""Emergencies in sessions, and words that sound like one: seen and taken on by whoever is on safety duty."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from catalog.consultations.errors import NoEmergencyHere
from catalog.consultations.feedback.selectors import urgent_words as feedback_that_sounds_urgent
from catalog.consultations.feedback.selectors import waiting_words
from catalog.consultations.selectors import contacts_of, emergency_of, recent_emergencies
from catalog.consultations.services import open_sheet, take_emergency
from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.consent.enums import DataItem, Purpose
from marketplace.consent.services import look
from marketplace.safeguarding.hotlines import HOTLINES

from ..sights import write_down_reviews


@require_GET
@duty_required(Duty.SAFETY)
@never_cache
def emergencies(request: HttpRequest) -> HttpResponse:
    """What nobody has taken on yet, and what was of late: with which organisation and when, not with whom."""
    words = waiting_words().filter(sounds_urgent=True).defer("words")
    context = {"emergencies": recent_emergencies(), "words": words, "page": "emergencies"}
    return render(request, "backoffice/emergencies.html", context)


@require_GET
@duty_required(Duty.SAFETY)
@never_cache
def emergency(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One emergency with whom to call; each look at it is written down."""
    found = emergency_of(public_id)
    if found is None:
        raise Http404
    sheet = open_sheet(emergency=found, viewer=request.user)
    return render(request, "backoffice/emergency.html", {"sheet": sheet, "page": "emergencies"})


@require_GET
@duty_required(Duty.SAFETY)
@never_cache
def urgent_words(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Feedback that sounds like danger, and how to reach whoever wrote it; the look is written down."""
    feedback = feedback_that_sounds_urgent(public_id)
    if feedback is None:
        raise Http404
    child = feedback.booking.child
    items = [DataItem.PROFILE, DataItem.CONTACT]
    seen = look(viewer=request.user, children=[child], items=items, purpose=Purpose.SAFETY)  # type: ignore[arg-type]
    write_down_reviews(request.user, [feedback], Duty.SAFETY)  # type: ignore[arg-type]
    context = {
        "feedback": feedback,
        "known_as": child.nickname if seen.may_see(child, DataItem.PROFILE) else "",
        "contacts": contacts_of(child) if seen.may_see(child, DataItem.CONTACT) else [],
        "hotlines": HOTLINES,
        "page": "emergencies",
    }
    return render(request, "backoffice/urgent_words.html", context)


@require_POST
@duty_required(Duty.SAFETY)
def take(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take one on; the provider sees that somebody has."""
    try:
        taken = take_emergency(emergency_id=public_id, taken_by=request.user)
    except NoEmergencyHere:
        raise Http404 from None
    is_mine = taken.taken_by_id == request.user.pk
    messages.success(request, _("已记下由你跟进。") if is_mine else _("另一位同事已经在跟进。"))
    return redirect("backoffice:emergency", public_id)
