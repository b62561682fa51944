"""The desk's actions on a concern: each a POST that leads back to its page."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from marketplace.accounts.access import duty_required
from marketplace.accounts.enums import Duty
from marketplace.accounts.models import User
from marketplace.core.audit.enums import Action
from marketplace.core.errors import Refusal

from .. import forms, services
from ..enums import CallState
from .access import concern_or_404
from .concern import page

guarded = duty_required(Duty.SAFETY)


@require_POST
@guarded
def take(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a concern on."""
    done = gettext_lazy("已接手。先看原文，再按清单一步一步来。")
    return act(request, public_id, done, services.acknowledge)


@require_POST
@guarded
def release(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take an acknowledgement back."""
    return act(request, public_id, gettext_lazy("已放回队列，其他同事会收到提醒。"), services.release)


@require_POST
@guarded
def hand_over(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hand over with a note."""
    form = forms.HandOverForm(request.POST, user=request.user, auto_id="hand_%s")
    return with_form(request, public_id, "hand_over_form", form, gettext_lazy("已交接。"), services.hand_over)


@require_POST
@guarded
def note(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write something down."""
    form = forms.NoteForm(request.POST, auto_id="note_%s")
    return with_form(request, public_id, "note_form", form, gettext_lazy("已记下。"), services.note)


@require_POST
@guarded
def step(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Mark a step, or take its mark back."""
    change = services.unmark_step if request.POST.get("undo") else services.mark_step
    done = gettext_lazy("已撤销这一步。") if request.POST.get("undo") else gettext_lazy("已完成一步。")
    return act(request, public_id, done, change, step=request.POST.get("step", ""))


@require_POST
@guarded
def told(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Note whom the desk spoke to."""
    concern = concern_or_404(public_id)
    marked = set(concern.steps.values_list("step", flat=True))
    form = forms.ToldForm(request.POST, concern=concern, done=marked, auto_id="told_%s")
    return with_form(request, public_id, "told_form", form, gettext_lazy("已记下。"), services.tell_somebody)


@require_POST
@guarded
def urgency(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say how urgent it is."""
    form = forms.UrgencyForm(request.POST, auto_id="urgency_%s")
    done = gettext_lazy("已调整紧急程度。")
    return with_form(request, public_id, "urgency_form", form, done, services.set_urgency)


@require_POST
@guarded
def close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End a concern."""
    form = forms.CloseForm(request.POST, concern=concern_or_404(public_id), auto_id="close_%s")
    done = gettext_lazy("已结束。需要时可以重新打开。")
    return with_form(request, public_id, "close_form", form, done, services.close)


@require_POST
@guarded
def reopen(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open a closed concern again."""
    form = forms.ReopenForm(request.POST, auto_id="reopen_%s")
    return with_form(request, public_id, "reopen_form", form, gettext_lazy("已重新打开，由你接手。"), services.reopen)


@require_POST
@guarded
def call(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Mark how a call of the phone tree went."""
    state, call_id = request.POST.get("state", ""), _uuid(request.POST.get("call", ""))
    if state not in CallState.values or call_id is None:
        return redirect("concerns:concern", public_id)
    return act(request, public_id, gettext_lazy("已记下这通电话。"), services.mark_call, call_id=call_id, state=state)


def act(
    request: HttpRequest, public_id: UUID, done: Promise, service: Callable[..., object], **words: Any
) -> HttpResponse:
    """Do something to a concern and come back to its page; a refusal is said in its own words."""
    concern = concern_or_404(public_id)
    user = cast(User, request.user)
    try:
        service(public_id=public_id, by=user, **words)
        services.record_look(concern, user, action=Action.UPDATE)
        messages.success(request, str(done))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("concerns:concern", public_id)


def with_form(
    request: HttpRequest, public_id: UUID, name: str, form: Any, done: Promise, service: Callable[..., object]
) -> HttpResponse:
    """Do something with what a form says; one that is not filled in comes back with what was written."""
    if not form.is_valid():
        messages.error(request, _("还差一点，请看标出来的地方。"))
        return page(request, concern_or_404(public_id), **{name: form})
    return act(request, public_id, done, service, **form.cleaned_data)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
