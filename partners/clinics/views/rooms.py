"""Rooms and lines: which there are, who uses them when, and keeping one for work without a family."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.scheduling.enums import OccupancyKind
from catalog.scheduling.models import Occupancy
from catalog.scheduling.selectors import room_uses, rooms_of
from catalog.scheduling.services import add_room, change_room, release_reservation, reserve_room
from marketplace.core.errors import Refusal

from ..access import manager_view, portal_view
from ..availability_forms import ReservationForm, RoomChangeForm, RoomForm
from ..dates import chosen_date, monday_of
from ..rules import Portal


@require_GET
@portal_view
def rooms(request: HttpRequest, portal: Portal) -> HttpResponse:
    """The rooms and lines of the organisation, and a week of their use."""
    return _page(request, portal)


def _page(
    request: HttpRequest,
    portal: Portal,
    *,
    reservation_form: ReservationForm | None = None,
    room_form: RoomForm | None = None,
) -> HttpResponse:
    monday = monday_of(chosen_date(request))
    own = set(portal.providers().values_list("pk", flat=True))
    uses = list(room_uses(portal.partner, monday, monday + timedelta(days=6)))
    initial = {"on": max(chosen_date(request), timezone.localdate())}
    context = {
        "portal": portal,
        "page": "rooms",
        "rooms": list(rooms_of(portal.partner)),
        "days": _by_day(uses, monday),
        "own": own,
        "blocked": OccupancyKind.BLOCKED,
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "previous": monday - timedelta(days=7),
        "next": monday + timedelta(days=7),
        "reservation_form": reservation_form or ReservationForm(portal=portal, initial=initial),
        "room_form": room_form or RoomForm(portal=portal),
        "has_places": portal.partner.locations.exists(),
    }
    return render(request, "clinics/rooms.html", context)


def _by_day(uses: list[Occupancy], monday: date) -> list[tuple[date, list[Occupancy]]]:
    days = [monday + timedelta(days=n) for n in range(7)]
    return [(on, [use for use in uses if timezone.localtime(use.starts_at).date() == on]) for on in days]


@require_POST
@portal_view
def reserve(request: HttpRequest, portal: Portal) -> HttpResponse:
    """Keep a room or a line for a provider; their time goes with it."""
    form = ReservationForm(request.POST, portal=portal)
    if not form.is_valid():
        return _page(request, portal, reservation_form=form)
    values = {name: form.cleaned_data[name] for name in ("room", "provider", "starts_at", "ends_at")}
    try:
        reserve_room(**values)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, portal, reservation_form=form)
    messages.success(request, _("已留好。这段时间不再接受预约。"))
    return redirect(f"{request.path.removesuffix('reserve/')}?on={form.cleaned_data['on'].isoformat()}")


@require_POST
@portal_view
def release(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Give a kept room or line back."""
    kept = Occupancy.objects.filter(provider__in=portal.providers(), kind=OccupancyKind.BLOCKED, room__isnull=False)
    reservation = get_object_or_404(kept, public_id=public_id)
    return _said(
        request,
        lambda: release_reservation(partner=portal.partner, public_id=reservation.public_id),
        _("已让出来，可以重新预约。"),
    )


@require_POST
@manager_view
def add(request: HttpRequest, portal: Portal) -> HttpResponse:
    """Add a room or a line."""
    form = RoomForm(request.POST, portal=portal)
    if not form.is_valid():
        return _page(request, portal, room_form=form)
    try:
        add_room(**form.cleaned_data)
    except Refusal as refusal:
        form.add_error("name", str(refusal))
        return _page(request, portal, room_form=form)
    messages.success(request, _("已添加。"))
    return redirect("clinics:rooms")


@require_http_methods(["GET", "POST"])
@manager_view
def edit(request: HttpRequest, portal: Portal, public_id: UUID) -> HttpResponse:
    """Change a room or a line, or take it out of use."""
    room = get_object_or_404(rooms_of(portal.partner), public_id=public_id)
    initial = {name: getattr(room, name) for name in RoomChangeForm.base_fields}
    form = RoomChangeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_room(room=room, **form.cleaned_data)
            messages.success(request, _("已保存。已经约好的不受影响。"))
            return redirect("clinics:rooms")
        except Refusal as refusal:
            form.add_error("name", str(refusal))
    return render(request, "clinics/room_edit.html", {"portal": portal, "page": "rooms", "room": room, "form": form})


def _said(request: HttpRequest, act: Callable[[], object], sentence: str) -> HttpResponse:
    try:
        act()
        messages.success(request, sentence)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("clinics:rooms")
