"""Answering before a session, and the change over time: for the young person, their family, and their provider."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.scheduling.models import Booking
from catalog.scheduling.selectors import bookings_for_family
from marketplace.consent.enums import DataItem, Purpose
from marketplace.consent.services import look
from marketplace.core.errors import Refusal
from marketplace.families.models import Child
from marketplace.families.selectors import booked_for_by

from ..carers import carer_view, desk_of, own_sessions, sight_of
from . import rules, selectors, services
from .forms import AnswersForm
from .wording import shown


def _booking(request: HttpRequest, public_id: UUID) -> Booking:
    """A session this person may answer before; anybody else's does not exist."""
    found = Booking.objects.select_related("child", "occupancy__provider__partner")
    booking = get_object_or_404(found, public_id=public_id)
    if not rules.may_answer(request.user, booking.child):  # type: ignore[arg-type]
        raise Http404
    return booking


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask a young person a minute's worth before a session. Nothing that was answered is shown here."""
    booking, now = _booking(request, public_id), timezone.now()
    asked = selectors.still_to_answer(booking, now) if rules.is_open(booking, now) else []
    if not asked:
        return _closed(request, booking)
    goal = selectors.live_goal_of(booking.child)
    form = AnswersForm(request.POST or None, instruments=asked, goal_text=goal.text if goal else "")
    if request.method == "POST" and form.is_valid() and _recorded(request, booking, form):
        return redirect(f"{reverse('measures:thanks', args=[public_id])}{_urgency(request, booking, form)}")
    context = _context(request, booking) | {"form": form, "parts": form.parts()}
    return render(request, "measures/answer.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def skip(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Rather not, this time."""
    booking = _booking(request, public_id)
    try:
        services.decline(booking_id=booking.pk, declined_by=request.user)
        messages.success(request, _("好的，这次不答。见面照常。"))
    except Refusal as refusal:
        messages.info(request, str(refusal))
    return redirect("bookings:detail", public_id)


@never_cache
@require_GET
@login_required
def thanks(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Thank, and say who sees it. Help comes first where the words asked for it."""
    booking = _booking(request, public_id)
    context = _context(request, booking) | {"is_urgent": request.GET.get("help") == "1"}
    return render(request, "measures/thanks.html", context)


@never_cache
@require_GET
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """The young people of the family; who is alone here goes straight on."""
    children = list(booked_for_by(request.user))
    if len(children) == 1:
        return redirect("measures:of_child", children[0].public_id)
    return render(request, "measures/index.html", {"children": children})


@never_cache
@require_GET
@login_required
def of_child(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A young person's own change; to their family what the age rules or a consent open."""
    child = get_object_or_404(Child.objects.filter(pk__in=booked_for_by(request.user)), public_id=public_id)
    is_own = child.account_id == request.user.pk
    seen = look(viewer=request.user, children=[child], items=[DataItem.SCORE], purpose=Purpose.GUARDIANSHIP)
    decision = seen.may_see(child, DataItem.SCORE)
    found = selectors.series_of(child) if decision else []
    context = {
        "child": child,
        "is_own": is_own,
        "decision": decision,
        "charts": [shown(series, to_provider=False) for series in found],
        "next_at": selectors.next_asking(bookings_for_family(request.user), child, timezone.now()),  # type: ignore[arg-type]
    }
    return render(request, "measures/of_child.html", context)


@never_cache
@require_GET
@carer_view
def of_booking(request: HttpRequest, booking: Booking) -> HttpResponse:
    """The same to the provider of a session, where a consent opens it; with what is told to them alone."""
    sight = sight_of(booking, request.user, [DataItem.SCORE])
    decision = sight.seen.may_see(booking.child, DataItem.SCORE)
    found = selectors.series_of(booking.child) if decision else []
    context = {
        "portal": desk_of(booking, request.user),
        "page": "day",
        "booking": booking,
        "sight": sight,
        "decision": decision,
        "charts": [shown(series, to_provider=True) for series in found],
        "next_at": selectors.next_asking(own_sessions(request.user), booking.child, timezone.now()),  # type: ignore[arg-type]
        "asks_any": bool(rules.asked_of(booking.child, timezone.now())),
    }
    return render(request, "measures/of_booking.html", context)


def _recorded(request: HttpRequest, booking: Booking, form: AnswersForm) -> bool:
    try:
        services.record_answers(
            booking_id=booking.pk,
            answers=form.answers(),
            goal_text=form.cleaned_data.get("goal_text", ""),
            answered_by=request.user,
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _urgency(request: HttpRequest, booking: Booking, form: AnswersForm) -> str:
    """A goal reads like what troubles somebody: the gate sees it, and help comes first where it is needed."""
    text = form.cleaned_data.get("goal_text", "")
    is_urgent = services.screen_goal(booking=booking, goal_text=text, written_by=request.user)  # type: ignore[arg-type]
    return "?help=1" if is_urgent else ""


def _closed(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Nothing to answer now: because it was answered, or because it is not the time."""
    messages.info(request, _("现在没有要答的问题。见面前一天会再请你。"))
    return redirect("bookings:detail", booking.public_id)


def _context(request: HttpRequest, booking: Booking) -> dict[str, Any]:
    return {
        "booking": booking,
        "is_own": booking.child.account_id == request.user.pk,
        "partner": booking.occupancy.provider.partner,
    }
