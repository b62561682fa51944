"""Check-ins: when to be asked, being asked, putting off, stopping in one press."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.core.errors import Refusal
from marketplace.families.models import Child

from ..diary_access import keeper_required
from ..forms.checkins import CheckInForm, initial_of
from ..forms.moods import MoodForm
from ..models import CheckInPlan, CheckInPrompt
from ..rules.checkins import SNOOZED_FOR
from ..selectors import checkins as selectors
from ..services import checkins as services
from ..services import moods as mood_services
from .moods import form_context

_FIRST_TIMES = {"time_1": "12:20", "time_2": "20:30"}


@never_cache
@require_http_methods(["GET", "POST"])
@keeper_required
def plan(request: HttpRequest, *, child: Child) -> HttpResponse:
    """When to ask; off until it is switched on here."""
    found = selectors.plan_of(child)
    initial = initial_of(found) if found else initial_of(CheckInPlan(times=[])) | _FIRST_TIMES
    form = CheckInForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.start_plan(child=child, **form.plan())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("好，到时候轻轻问一声。"))
            return redirect("wellbeing:checkins")
    context = {"plan": found, "form": form, "is_running": found is not None and found.is_running}
    return render(request, "wellbeing/checkins/plan.html", context)


@never_cache
@require_POST
@keeper_required
def stop(request: HttpRequest, *, child: Child) -> HttpResponse:
    """Stop, in one press and at once."""
    services.stop_plan(child=child)
    messages.success(request, _("停了，不会再问。想要的时候再打开。"))
    return redirect("wellbeing:checkins")


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
@keeper_required
def checkin(request: HttpRequest, public_id: UUID, *, child: Child) -> HttpResponse:
    """One asking: the pictures and words of a mood, later, not now, or never again."""
    prompt = _own(child, public_id)
    form = MoodForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kept = mood_services.record_mood(child=child, prompt_id=prompt.public_id, **form.cleaned_data)
        return redirect("wellbeing:mood_kept", kept.mood.public_id)
    context = form_context(form) | {
        "prompt": prompt,
        "minutes": int(SNOOZED_FOR.total_seconds() // 60),
        "is_over": prompt.ended_at is not None,
    }
    return render(request, "wellbeing/checkins/checkin.html", context)


@never_cache
@require_POST
@keeper_required
def snooze(request: HttpRequest, public_id: UUID, *, child: Child) -> HttpResponse:
    """Later."""
    _own(child, public_id)
    try:
        prompt = services.snooze_prompt(child=child, public_id=public_id)
    except Refusal as refusal:
        messages.info(request, str(refusal))
    else:
        rests = prompt.snoozed_until is not None
        messages.success(request, _("过一会儿再问。") if rests else _("等会儿就到安静时间了，这次就算了。"))
    return redirect("wellbeing:mood")


@never_cache
@require_POST
@keeper_required
def skip(request: HttpRequest, public_id: UUID, *, child: Child) -> HttpResponse:
    """Not this time."""
    _own(child, public_id)
    services.let_go(child=child, public_id=public_id)
    messages.success(request, _("好，这次不记。"))
    return redirect("wellbeing:mood")


def _own(child: Child, public_id: UUID) -> CheckInPrompt:
    found = selectors.prompt_of(child, public_id)
    if found is None:
        raise Http404
    return found
