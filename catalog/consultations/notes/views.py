"""A provider's notes on their own sessions. Only who gave a session finds its page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.scheduling.models import Booking
from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.errors import Refusal
from marketplace.core.formatting import clock_text

from ..carers import carer_view, desk_of, sight_of
from . import selectors, services
from .forms import AddendumForm, NoteForm
from .looks import notes_opened, write_down_notes
from .models import SessionNote

_CONFLICT = 409


@sensitive_post_parameters("text")
@never_cache
@require_http_methods(["GET", "POST"])
@carer_view
def write(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Write, keep and sign the note of a session; a signed one is shown."""
    note = selectors.note_of(booking)
    if request.method == "POST":
        form = NoteForm(request.POST)
        if form.is_valid() and _kept(request, booking, form):
            return redirect("notes:write", booking.public_id)
        return _page(request, booking, note, form, status=422)
    return _page(request, booking, note, _form(note))


@sensitive_post_parameters("text")
@never_cache
@require_POST
@carer_view
def save(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Keep the draft while it is being written. JSON: revision and said, or refused."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"refused": _("没有存下来：内容太长，或者页面太旧。")}, status=422)
    try:
        note = services.save_draft(booking_id=booking.pk, **_words(form), written_by=request.user)
    except Refusal as refusal:
        return JsonResponse({"refused": str(refusal)}, status=_CONFLICT)
    said = _("%(when)s 已存为草稿") % {"when": clock_text(note.saved_at)}
    return JsonResponse({"revision": note.revision, "said": said})


@sensitive_post_parameters("text")
@never_cache
@require_POST
@carer_view
def add(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Add to a signed note."""
    note = selectors.note_of(booking)
    form = AddendumForm(request.POST)
    if note is None or not form.is_valid():
        messages.error(request, _("还没有写内容。"))
        return redirect("notes:write", booking.public_id)
    try:
        services.add_to_note(note_id=note.pk, text=form.cleaned_data["text"], added_by=request.user)
        messages.success(request, _("已补记。"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("notes:write", booking.public_id)


@never_cache
@require_GET
@carer_view
def earlier(request: HttpRequest, booking: Booking) -> HttpResponse:
    """What was noted about this young person before: one's own, and others' where a consent opens it."""
    sight = sight_of(booking, request.user)
    own = selectors.own_notes(request.user, booking)[:50]
    found = list(selectors.colleagues_notes(request.user, booking)[:50])
    opened = _opened(request, booking, found)
    context = {
        "portal": desk_of(booking, request.user),
        "page": "day",
        "booking": booking,
        "sight": sight,
        "own": own,
        "others": opened,
        "closed_count": len(found) - len(opened),
    }
    return render(request, "notes/earlier.html", context)


def _opened(request: HttpRequest, booking: Booking, found: list[SessionNote]) -> list[SessionNote]:
    """Those of others' notes that a consent opens to this provider; the look is written down, refused or not."""
    if not found:
        return []
    opened = notes_opened(request.user, booking.child, found)
    prefetch_keys([*opened, *(addendum for note in opened for addendum in note.addenda.all())])
    return opened


def _kept(request: HttpRequest, booking: Booking, form: NoteForm) -> bool:
    signs = request.POST.get("act") == "sign"
    try:
        if signs:
            services.sign_note(booking_id=booking.pk, **_words(form), signed_by=request.user)
        else:
            services.save_draft(booking_id=booking.pk, **_words(form), written_by=request.user)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("已签名。以后可以补记，不能再改。") if signs else _("草稿已保存。"))
    return True


def _words(form: NoteForm) -> dict[str, Any]:
    return {"text": form.cleaned_data["text"], "revision": form.cleaned_data["revision"]}


def _form(note: SessionNote | None) -> NoteForm:
    return NoteForm(initial={"text": note.body if note else "", "revision": note.revision if note else 0})


def _page(
    request: HttpRequest, booking: Booking, note: SessionNote | None, form: NoteForm, status: int = 200
) -> HttpResponse:
    sight = sight_of(booking, request.user)
    if note is not None:
        write_down_notes(request.user, booking, [note])
    context = {
        "portal": desk_of(booking, request.user),
        "page": "day",
        "booking": booking,
        "sight": sight,
        "note": note,
        "form": form,
        "addendum_form": AddendumForm() if note and note.is_signed else None,
    }
    return render(request, "notes/write.html", context, status=status)
