"""For every reader: saying that one worries about something, and what helps after a loss. No account needed."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from marketplace.accounts.models import User
from marketplace.accounts.security.attempts import address_of
from marketplace.core.errors import Refusal
from marketplace.core.throttling import Attempt, Pace, TooFast

from ...models import Post, Reply
from ...postvention import guidance
from ...services.showing import thread_of
from ...views.reading import reader
from ..enums import ReportReason
from ..forms import ReportForm
from ..services import reporting
from ..words import ask_for_help
from .access import writing_or_404

#: Strangers may report, but not flood the desk.
REPORTS = Pace(
    "community_reports",
    free=10,
    first_wait=timedelta(minutes=1),
    longest_wait=timedelta(hours=1),
    forgotten_after=timedelta(hours=6),
)
_NEAR = "community_reported_near"


@never_cache
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, kind: str, public_id: UUID) -> HttpResponse:
    """Say what one worries about. Everybody who can read it may, without an account."""
    writing = _readable(request, kind, public_id)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _report(request, writing, form.cleaned_data["reason"], form.cleaned_data["words"].strip())
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("community:thread", thread_of(writing).public_id)
        return redirect("community:reported", kind, public_id)
    context = {"form": form, "writing": writing, "thread": thread_of(writing)}
    return render(request, "community/moderation/report.html", context)


@never_cache
@require_GET
def reported(request: HttpRequest, kind: str, public_id: UUID) -> HttpResponse:
    """Thanks, what happens now, and help for whoever read it. Says the same whether the text is still there or not."""
    context = {"needs_help_first": bool(request.session.pop(_NEAR, False))}
    return render(request, "community/moderation/reported.html", context)


@require_GET
def after_a_loss(request: HttpRequest) -> HttpResponse:
    """Short guidelines for schools and reporters after somebody died, and what helps those who are left."""
    context = {
        "for_media": guidance.FOR_MEDIA,
        "for_schools": guidance.FOR_SCHOOLS_AND_CLASSES,
        "school_guide": guidance.for_schools(),
        "to_read": guidance.to_read(),
    }
    return render(request, "community/postvention/after_a_loss.html", context)


def _readable(request: HttpRequest, kind: str, public_id: UUID) -> Post | Reply:
    """Return what this reader can see; of anything else it cannot be told whether it is there."""
    writing = writing_or_404(kind, public_id)
    thread = thread_of(writing)
    if not writing.is_shown or not thread.is_shown or not reader(request).may_read(thread.topic):
        raise Http404
    return writing


def _report(request: HttpRequest, writing: Post | Reply, reason: str, words: str) -> None:
    member = request.user if isinstance(request.user, User) else None
    address = address_of(request)
    key = str(member.public_id) if member else address
    if reason != ReportReason.DANGER and not Attempt(REPORTS, key).begin():
        raise TooFast
    reporting.report(writing=writing, reason=reason, words=words, member=member, address=address)
    if ask_for_help(words):
        request.session[_NEAR] = True
