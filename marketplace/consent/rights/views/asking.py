"""The person's pages: whom one may ask about, asking, following, taking back, fetching."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.consent.enums import DataItem, GivenAs, Purpose
from marketplace.core.audit.services import record_access
from marketplace.core.errors import Refusal
from marketplace.core.labels import kept_label

from .. import selectors, services
from ..enums import RequestKind, RequestState
from ..errors import ObstaclesLeft
from ..forms import CorrectionForm, ErasureForm
from ..models import DataRequest, ExportFile
from ..rules import can_withdraw, is_asker
from .proving import freshly_proven

#: How many of a person's past requests the page shows.
_HISTORY = 20


@never_cache
@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Whom one may ask about, what is going on, and what was asked before."""
    people = selectors.people_of(request.user)
    past = selectors.history_of(request.user).exclude(
        pk__in=[each.pk for person in people for each in person.open.values()]
    )
    return render(request, "data_rights/index.html", {"people": people, "past": past[:_HISTORY]})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def ask_copy(request: HttpRequest, subject: UUID) -> HttpResponse:
    """Say what a copy holds; then have it made."""
    person = _person(request, subject, RequestKind.EXPORT)
    if request.method == "POST":
        try:
            made = services.ask_for_copy(asker=request.user, subject_id=person.id)
        except Refusal as refusal:
            messages.info(request, str(refusal))
            return redirect("data_rights:index")
        return redirect("data_rights:request", made.public_id)
    return render(request, "data_rights/ask_copy.html", {"person": person})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def ask_correction(request: HttpRequest, subject: UUID) -> HttpResponse:
    """Propose what should stand instead."""
    person = _person(request, subject, RequestKind.CORRECT)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.ask_for_correction(asker=request.user, subject_id=person.id, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("proposal", str(refusal))
        else:
            return redirect("data_rights:request", made.public_id)
    return render(request, "data_rights/ask_correction.html", {"person": person, "form": form})


@never_cache
@freshly_proven
@require_http_methods(["GET", "POST"])
def ask_erasure(request: HttpRequest, subject: UUID) -> HttpResponse:
    """Say what goes, what the law keeps and what is to be settled first; then start the cooling-off."""
    person = _person(request, subject, RequestKind.ERASE)
    form = ErasureForm(request.POST or None)
    asked = person.asked(RequestKind.ERASE)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.ask_for_erasure(asker=request.user, subject_id=person.id)
        except ObstaclesLeft:
            pass  # the page below lists them
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("data_rights:request", made.public_id)
    context = {
        "person": person,
        "form": form,
        "outcome": selectors.foreseen_outcome(asked),
        "obstacles": selectors.obstacles_of(asked),
        "is_kept": selectors.is_kept_for_now(asked),
    }
    return render(request, "data_rights/ask_erasure.html", context)


@never_cache
@login_required
@require_GET
def follow(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far one request is; its middle part alone when the page asks again by itself."""
    found = selectors.request_for(request.user, public_id)
    if found is None:
        raise Http404
    template = "data_rights/_progress.html" if request.htmx else "data_rights/request.html"
    return render(request, template, _progress(request, found))


def _progress(request: HttpRequest, found: DataRequest) -> dict[str, Any]:
    file = ExportFile.objects.filter(request=found).defer("content").first()
    return {
        "asked": found,
        "correction": getattr(found, "correction", None),
        "events": found.events.all(),
        "file": file if file and is_asker(request.user, found.asked_by_id) else None,
        "is_copy": found.kind == RequestKind.EXPORT,
        "is_erasure": found.kind == RequestKind.ERASE,
        "in_motion": found.state == RequestState.RUNNING
        or (found.kind == RequestKind.EXPORT and found.state == RequestState.WAITING),
        "can_withdraw": can_withdraw(found.state),
        "obstacles": selectors.obstacles_of(found.subject) if found.pause == "obstacle" and found.is_open else [],
    }


@login_required
@require_POST
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a request back."""
    if selectors.request_for(request.user, public_id) is None:
        raise Http404
    try:
        services.withdraw_request(user=request.user, public_id=public_id)
    except Refusal as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("已撤回，什么都没有改变。"))
    return redirect("data_rights:request", public_id)


@never_cache
@freshly_proven
@require_GET
def download(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hand out the copy; the look is written down where it is about somebody else."""
    found = selectors.request_for(request.user, public_id)
    if found is None or not selectors.may_fetch(request.user, found):
        raise Http404
    try:
        content = services.fetch_copy(user=request.user, public_id=public_id)
    except Refusal as refusal:
        messages.info(request, str(refusal))
        return redirect("data_rights:request", public_id)
    if request.user.public_id not in found.subject.ids:
        record_access(
            actor=request.user,
            subject_id=found.subject_id,
            items=[DataItem.PROFILE, DataItem.BOOKING, DataItem.BILL],
            purpose=Purpose.GUARDIANSHIP,
            reason="copy",
            actor_label=kept_label(GivenAs.GUARDIAN.label),
        )
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="xinqiao-my-data-{found.asked_at:%Y%m%d}.zip"'
    return response


def _person(request: HttpRequest, subject: UUID, kind: RequestKind) -> selectors.Person:
    """Whom the page is about; somebody else, or a kind the visitor may not ask for, is not found."""
    person = selectors.person_for(request.user, subject)
    if person is None or person.scopes[kind] is None:
        raise Http404
    return person
