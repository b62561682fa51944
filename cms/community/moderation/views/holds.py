"""Holds and drills: begun, looked at again, written about and ended by whoever is on duty."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from marketplace.core.encryption.keys import prefetch_keys

from ...models import HoldMode
from ...postvention import guidance, selectors, surge
from ...postvention.services import drilling, holding
from ..forms import HoldForm, HoldWordsForm
from .access import attempt, me, moderators_only


@never_cache
@require_GET
@moderators_only
def holds(request: HttpRequest) -> HttpResponse:
    """What is held now, what was, and the rules."""
    return _holds_page(request, HoldForm())


@require_POST
@moderators_only
def begin(request: HttpRequest) -> HttpResponse:
    """Turn the hold on."""
    form = HoldForm(request.POST)
    if not form.is_valid():
        return _holds_page(request, form)
    done = _("特别守护已开启：新写的每一条都先由人看过。")
    attempt(request, lambda: holding.hold_community(**form.cleaned_data, begun_by=me(request)), done)
    return redirect("community:holds")


@require_POST
@moderators_only
def drill(request: HttpRequest) -> HttpResponse:
    """Run a drill: readers notice nothing."""
    result = drilling.run_drill()
    if result.hold is None:
        messages.error(request, _("演练没有触发守护，请告诉技术同事。"))
        return redirect("community:holds")
    words = _("演练完成：%(texts)d 条相关的内容之后，%(seconds).1f 秒进入守护。请确认，再结束演练。")
    messages.success(request, words % {"texts": result.texts_to_hold, "seconds": result.seconds_to_hold})
    return redirect("community:hold", result.hold.public_id)


@never_cache
@require_GET
@moderators_only
def hold(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One hold with its log."""
    found = _hold_or_404(public_id)
    entries = list(found.entries.select_related("written_by", "hold"))
    prefetch_keys(entries)
    context = {
        "hold": found,
        "entries": entries,
        "rules": guidance.FOR_MODERATORS,
        "to_read": guidance.to_read(),
        "confirm_form": HoldWordsForm(auto_id="confirm_%s"),
        "end_form": HoldWordsForm(auto_id="end_%s"),
    }
    return render(request, "community/desk/hold.html", context)


@require_POST
@moderators_only
def confirm(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that it is still needed."""
    words = request.POST.get("words", "")[:600]
    return _act(
        request,
        public_id,
        lambda: holding.confirm_hold(public_id=public_id, words=words, confirmed_by=me(request)),
        _("已确认。一天后会请人再看。"),
    )


@require_POST
@moderators_only
def note(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write something down."""
    words = request.POST.get("words", "")[:600]
    return _act(
        request,
        public_id,
        lambda: holding.note_on_hold(public_id=public_id, words=words, written_by=me(request)),
        _("已记下。"),
    )


@require_POST
@moderators_only
def end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End it, with a reason."""
    reason = request.POST.get("words", "")[:600]
    return _act(
        request,
        public_id,
        lambda: holding.end_hold(public_id=public_id, reason=reason, ended_by=me(request)),
        _("已结束。还在队列里的照常由人看过。"),
    )


def _act(request: HttpRequest, public_id: UUID, act, done: str) -> HttpResponse:
    _hold_or_404(public_id)
    attempt(request, act, done)
    return redirect("community:hold", public_id)


def _hold_or_404(public_id: UUID) -> HoldMode:
    found = selectors.all_holds().filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _holds_page(request: HttpRequest, form: HoldForm) -> HttpResponse:
    holds = list(selectors.all_holds()[:30])
    context = {
        "form": form,
        "running": [each for each in holds if each.ended_at is None],
        "over": [each for each in holds if each.ended_at is not None],
        "rules": guidance.FOR_MODERATORS,
        "rule": surge,
    }
    return render(request, "community/desk/holds.html", context)
