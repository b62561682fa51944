"""The check-in: two presses. Who keeps moods here keeps it in the account; everybody else in their browser alone."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.core.encryption.keys import prefetch_keys
from marketplace.core.errors import Refusal
from marketplace.families.models import Child
from marketplace.safeguarding.enums import Source
from marketplace.safeguarding.gate.answers import QUIET, Answer, answer_to
from marketplace.safeguarding.gate.grading import grade

from ..charts import chart_of
from ..diary_access import keeper_required
from ..diary_subject_data import diary_row, mood_row
from ..forms.moods import MoodForm
from ..models import MoodEntry
from ..moods import MOST_WORDS, WORDS, Weather
from ..rules.moods import keeper
from ..selectors import diary as diary_selectors
from ..selectors import moods as selectors
from ..services import moods as services

#: The spans of the chart, in days; the first is what is shown.
SPANS = (14, 30, 90)
_LATEST = 5


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def mood(request: HttpRequest) -> HttpResponse:
    """Ask how it is now. Nothing of a stranger's answer is sent: their page keeps it in the browser."""
    child = keeper(request.user)
    form = MoodForm(request.POST if child and request.method == "POST" else None)
    if child and form.is_valid():
        try:
            kept = services.record_mood(child=child, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("wellbeing:mood_kept", kept.mood.public_id)
    return render(request, "wellbeing/moods/mood.html", form_context(form) | {"child": child, "latest": _latest(child)})


@never_cache
@require_GET
@keeper_required
def kept(request: HttpRequest, public_id: UUID, *, child: Child) -> HttpResponse:
    """What was kept, with what can be added, shown or taken back."""
    found = _own(child, public_id)
    return render(request, "wellbeing/moods/kept.html", _kept_context(found, child))


@sensitive_post_parameters()
@never_cache
@require_POST
@keeper_required
def change(request: HttpRequest, public_id: UUID, *, child: Child) -> HttpResponse:
    """Choose again, or add words."""
    found = _own(child, public_id)
    form = MoodForm(request.POST)
    if not form.is_valid():
        return render(request, "wellbeing/moods/kept.html", _kept_context(found, child, form))
    services.change_mood(child=child, public_id=public_id, **form.cleaned_data)
    messages.success(request, _("改好了。"))
    return redirect("wellbeing:mood_kept", public_id)


@never_cache
@require_POST
@keeper_required
def forget(request: HttpRequest, public_id: UUID, *, child: Child) -> HttpResponse:
    """Delete one mood."""
    _own(child, public_id)
    services.forget_mood(child=child, public_id=public_id)
    messages.success(request, _("这一次删掉了。"))
    return redirect("wellbeing:mood_chart")


@never_cache
@require_http_methods(["GET", "POST"])
@keeper_required
def forget_all(request: HttpRequest, *, child: Child) -> HttpResponse:
    """Ask once, then delete every mood."""
    if request.method == "POST":
        services.forget_all_moods(child=child)
        messages.success(request, _("所有的心情打卡都删掉了。"))
        return redirect("wellbeing:mood")
    return render(request, "wellbeing/moods/forget.html")


@never_cache
@require_GET
@keeper_required
def chart(request: HttpRequest, *, child: Child) -> HttpResponse:
    """One's own moods as a drawing and a table."""
    days = _days(request)
    moods = selectors.moods_since(child, days)
    context = {
        "chart": chart_of(moods, selectors.first_day(days), days),
        "moods": moods,
        "words": selectors.words_counted(moods),
        "days": days,
        "spans": SPANS,
        "columns": [{"label": _("什么时候")}, {"label": _("天气")}, {"label": _("心情词")}],
    }
    return render(request, "wellbeing/moods/chart.html", context)


@never_cache
@require_GET
@keeper_required
def export(request: HttpRequest, *, child: Child) -> HttpResponse:
    """One's own moods and diary as a file."""
    moods = list(selectors.moods_of(child).order_by("felt_at", "pk"))
    pages = list(diary_selectors.pages_of(child).order_by("about_on", "written_at"))
    prefetch_keys([*moods, *pages])
    content = {"moods": [mood_row(each) for each in moods], "diary": [diary_row(each) for each in pages]}
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = 'attachment; filename="mine.json"'
    return response


def form_context(form: MoodForm) -> dict[str, Any]:
    """Return what the pictures and words of a check-in need."""
    return {"form": form, "weathers": list(Weather), "words": list(WORDS.items()), "most_words": MOST_WORDS}


def card_for(text: str, child: Child) -> Answer:
    """Return what the gate says to what somebody wrote for themselves, where they wanted that; nothing of it is kept."""
    if not text or not diary_selectors.wants_reading_along(child):
        return QUIET
    return answer_to(grade(text), Source.DIARY)


def _kept_context(found: MoodEntry, child: Child, form: MoodForm | None = None) -> dict[str, Any]:
    initial = {"weather": found.weather, "words": found.words, "line": found.line}
    shares = list(diary_selectors.live_shares().filter(mood=found))
    return form_context(form or MoodForm(initial=initial)) | {
        "mood": found,
        "weather": Weather(found.weather),
        "answer": card_for(found.line, child),
        "shares": shares,
    }


def _own(child: Child, public_id: UUID) -> MoodEntry:
    found = selectors.mood_of(child, public_id)
    if found is None:
        raise Http404
    return found


def _latest(child: Child | None) -> list[MoodEntry]:
    if child is None:
        return []
    found = list(selectors.moods_of(child)[:_LATEST])
    prefetch_keys(found)
    return found


def _days(request: HttpRequest) -> int:
    asked = cast(str, request.GET.get("days", ""))
    return int(asked) if asked.isdecimal() and int(asked) in SPANS else SPANS[0]
