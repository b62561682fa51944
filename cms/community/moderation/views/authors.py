"""For authors: why something waits, what was decided, and asking somebody else to look again."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from marketplace.core.errors import Refusal

from ...models import Decision
from ...selectors.own import is_own
from .. import selectors
from ..forms import AppealForm
from ..services import appealing
from ..wording import usual_wait_words
from ..words import ask_for_help
from .access import kind_of, me, writing_or_404


@never_cache
@require_GET
@login_required
def waiting(request: HttpRequest, kind: str, public_id: UUID) -> HttpResponse:
    """Why one's own text waits, how long that usually takes, and what happens then; or what was decided."""
    writing = writing_or_404(kind, public_id)
    if not is_own(me(request), writing):
        raise Http404
    now = timezone.now()
    decision = selectors.standing_decision(writing)
    context = {
        "writing": writing,
        "what": kind,
        "decision": decision if not writing.waiting_for else None,
        "usual": usual_wait_words(selectors.usual_wait_minutes(now)),
        "may_ask_again": bool(
            decision and appealing.may_ask_again(decision, now) and not selectors.has_appealed(writing)
        ),
    }
    return render(request, "community/moderation/waiting.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def ask_again(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask another moderator to look again, once."""
    decisions = Decision.objects.select_related("case__post__topic", "case__reply__thread__topic", "case__reply__alias")
    decision = decisions.filter(public_id=public_id, undone_at=None).first()
    if decision is None or not is_own(me(request), decision.case.writing):
        raise Http404
    writing = decision.case.writing
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"].strip()
        try:
            appealing.ask_again(public_id=public_id, words=words)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("community:waiting", kind_of(writing), writing.public_id)
        messages.success(request, _("已经请另一位同事再看一遍，看过会告诉你。"))
        if ask_for_help(words):
            return redirect("crisis")
        return redirect("community:waiting", kind_of(writing), writing.public_id)
    context = {"form": form, "decision": decision, "writing": writing, "what": kind_of(writing)}
    return render(request, "community/moderation/ask_again.html", context)
