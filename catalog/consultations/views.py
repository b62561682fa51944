"""The consultation room's pages. Who has no place in a session finds nothing behind its address.

What happens inside, browsers do over the WebSocket (sockets/) and with each other (static/room/).
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.scheduling.enums import Mode, OccupancyKind
from marketplace.accounts.security.second_step import way_to_second_step
from marketplace.core.errors import Refusal
from marketplace.safeguarding.hotlines import HOTLINES

from . import selectors, services
from .enums import Part, Quality
from .errors import RoomNotFound, RoomNotOpenYet
from .forms import EmergencyForm, WhereaboutsForm
from .rules import LONGEST_NAME, LONGEST_WORDS, RoomEntry, refusal_at

#: What only the room's page asks a browser for.
OPENED_PERMISSIONS = ("camera", "microphone", "screen-wake-lock")
_QUALITY_OF = {Mode.VIDEO: Quality.VIDEO, Mode.PHONE: Quality.VOICE, Mode.TEXT: Quality.TEXT}
#: 120 and 110 send somebody; the longer numbers talk.
_SENDING_FIRST = sorted(HOTLINES, key=lambda line: len(line.number))
_RICHEST_FIRST = (Quality.VIDEO, Quality.VOICE, Quality.TEXT)


@never_cache
@require_GET
@login_required
def enter(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Check the devices, wait, talk: one page, so that camera and microphone are asked for once."""
    entry = _entry(request, public_id)
    if entry.part == Part.PROVIDER and (step := way_to_second_step(request)):
        return step
    now = timezone.now()
    refusal = refusal_at(entry, now=now)
    context = _frame(entry) | {"whereabouts": _whereabouts_form(request, entry)}
    if refusal and not isinstance(refusal, RoomNotOpenYet):
        return render(request, "room/closed.html", context | {"refusal": refusal})
    response = render(request, "room/room.html", context | _room(request, entry, now))
    response.opened_permissions = OPENED_PERMISSIONS  # type: ignore[attr-defined]
    return response


@sensitive_post_parameters()
@never_cache
@require_POST
@login_required
def whereabouts(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep where the young person is during this session. To a script JSON: said, or refused."""
    if _entry(request, public_id).part != Part.FAMILY:
        raise Http404
    form = WhereaboutsForm(request.POST)
    said, refused = _("记下了。会面之后会删掉。"), _("还有地方要改一下：电话只写数字。")
    if form.is_valid():
        try:
            services.give_whereabouts(occupancy_id=public_id, given_by=request.user, **form.cleaned_data)
            refused = ""
        except Refusal as refusal:
            refused = str(refusal)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"refused": refused} if refused else {"said": said}, status=422 if refused else 200)
    if refused:
        messages.error(request, refused)
    else:
        messages.success(request, said)
    return redirect("room:enter", public_id)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def emergency(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The provider sees somebody in danger: whom to call. The room's script gets the sheet alone."""
    entry = _entry(request, public_id)
    if entry.part != Part.PROVIDER:
        raise Http404
    if step := way_to_second_step(request):
        return step
    form = EmergencyForm(request.POST or None, bookings=list(entry.bookings))
    refused = ""
    if request.method == "POST":
        refused = _raised(request, form)
    raised = selectors.emergencies_of(request.user, public_id)
    context = _frame(entry) | {
        "people": _people(request, entry),
        "sheets": _sheets(request, raised),
        "refused": refused,
    }
    is_script = request.headers.get("X-Requested-With") == "fetch"
    template = "room/_sheets.html" if is_script else "room/emergency.html"
    return render(request, template, context, status=422 if refused else 200)


def _raised(request: HttpRequest, form: EmergencyForm) -> str:
    """Raise an emergency, and return why it could not be, if so."""
    if not form.is_valid():
        return _("先选一个人。")
    try:
        services.raise_emergency(booking_id=form.cleaned_data["booking"], raised_by=request.user)
    except Refusal as refusal:
        return str(refusal)
    return ""


def _sheets(request: HttpRequest, raised: list[Any]) -> list[services.EmergencySheet]:
    sheets = []
    for each in raised:
        try:
            sheets.append(services.open_sheet(emergency=each, viewer=request.user))
        except Refusal:  # over by now
            continue
    return sheets


def _entry(request: HttpRequest, public_id: UUID) -> RoomEntry:
    try:
        return selectors.entry_of(request.user, public_id)
    except RoomNotFound:
        raise Http404 from None


def _frame(entry: RoomEntry) -> dict[str, Any]:
    """What every page of a room shows of its session."""
    return {
        "entry": entry,
        "occupancy": entry.occupancy,
        "provider": entry.occupancy.provider,
        "is_provider": entry.part == Part.PROVIDER,
        "is_group": entry.occupancy.kind == OccupancyKind.GROUP,
        "booking": next(iter(entry.bookings), None),
        "hotlines": _SENDING_FIRST,
    }


def _room(request: HttpRequest, entry: RoomEntry, now: datetime) -> dict[str, Any]:
    opens_in = max(entry.opens_at - now, timedelta())
    return {
        "is_open": entry.is_open(now),
        "opens_in_ms": int(opens_in.total_seconds() * 1000),
        "most": _most(entry),
        "people": _people(request, entry) if entry.part == Part.PROVIDER else [],
        "longest_name": LONGEST_NAME,
        "longest_words": LONGEST_WORDS,
    }


def _most(entry: RoomEntry) -> Quality:
    """Return the richest way this session was booked in: nobody who booked words alone is asked for a camera."""
    booked = {_QUALITY_OF[Mode(booking.mode)] for booking in entry.bookings if booking.mode in _QUALITY_OF}
    return next((quality for quality in _RICHEST_FIRST if quality in booked), Quality.TEXT)


def _people(request: HttpRequest, entry: RoomEntry) -> list[dict[str, Any]]:
    """The bookings of a session with the names its provider may see; the look is written down."""
    known = services.look_at_profiles(provider=request.user, entry=entry)
    return [
        {"booking": each, "name": each.child.nickname if str(each.public_id) in known else _("来访者")}
        for each in entry.bookings
    ]


def _whereabouts_form(request: HttpRequest, entry: RoomEntry) -> WhereaboutsForm | None:
    """The form with what was given before; none for the provider, who learns it in an emergency alone."""
    if entry.part != Part.FAMILY:
        return None
    given = selectors.given_whereabouts(request.user, entry.occupancy.public_id)
    names = WhereaboutsForm.base_fields
    return WhereaboutsForm(initial={name: getattr(given, name) for name in names} if given else {})
