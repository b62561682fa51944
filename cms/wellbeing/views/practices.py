"""Practices: the page of all of them, one each, and one's own runs. No page asks who is reading."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST, require_safe

from cms.content.reading.bands import band_of_reader, keep_band
from marketplace.core.age_bands import AgeBand
from marketplace.core.errors import Refusal
from marketplace.core.needs import Need

from ..forms.practices import RATINGS, RunForm
from ..games import GAMES
from ..practices import BY_SLUG, Practice
from ..practices.wording import Change, together
from ..selectors.practices import ALL, is_shown, practices_for, runs_of
from ..services.practices import forget_run, forget_runs, keep_run

#: The lengths one may ask for: at most so many minutes.
MINUTES = (3, 5, 10)
#: When worries may be looked at: after school and before it is late.
_EVENINGS = tuple(f"{hour}:{minute}" for hour in range(15, 21) for minute in ("00", "30"))
_YOUNG_BANDS = (AgeBand.CHILD, AgeBand.YOUNGER_TEEN, AgeBand.OLDER_TEEN, AgeBand.ADULT)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the practices for a need, an age and the time there is, the games, and the plan."""
    need, band, minutes = _chosen(request)
    context = {
        "practices": practices_for(need=need, band=band, minutes=minutes),
        "needs": Need,
        "bands": _YOUNG_BANDS,
        "lengths": MINUTES,
        "need": need,
        "band": band,
        "minutes": minutes,
        "games": [game for game in GAMES if is_shown(game)],
    }
    answer = render(request, "wellbeing/practices/home.html", context)
    if "age" in request.GET:
        keep_band(answer, request.GET["age"])
    return answer


@require_safe
def practice(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one practice with its written guide; whoever is signed in sees their own earlier runs."""
    return _page(request, _practice(slug))


@sensitive_post_parameters()
@never_cache
@require_POST
@login_required
def keep(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep a run in one's account."""
    chosen = _practice(slug)
    form = RunForm(request.POST, practice=chosen)
    if not form.is_valid():
        return _page(request, chosen, form, status=422)
    data = form.cleaned_data
    try:
        keep_run(
            owner=request.user,
            practice=chosen,
            felt=Change(data["before"], data["after"]),
            words=form.words,
            steps=form.steps,
            started_at=form.started_at,
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, chosen, form, status=422)
    messages.success(request, _("存好了，只有你自己看得到。"))
    return redirect(f"{request.path.removesuffix('keep/')}#runs")


@never_cache
@require_GET
@login_required
def runs(request: HttpRequest) -> HttpResponse:
    """Show one's own runs of all practices."""
    rows = runs_of(request.user, limit=ALL)
    return render(request, "wellbeing/practices/runs.html", {"rows": rows})


@never_cache
@require_POST
@login_required
def forget(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Delete one of one's own runs."""
    if not forget_run(owner=request.user, public_id=public_id):
        raise Http404
    messages.success(request, _("删掉了。"))
    return redirect("wellbeing:runs")


@never_cache
@require_POST
@login_required
def forget_all(request: HttpRequest) -> HttpResponse:
    """Delete all of one's own runs."""
    forget_runs(owner=request.user)
    messages.success(request, _("都删掉了。"))
    return redirect("wellbeing:runs")


def _practice(slug: str) -> Practice:
    chosen = BY_SLUG.get(slug)
    if chosen is None or not is_shown(chosen):
        raise Http404
    return chosen


def _page(request: HttpRequest, chosen: Practice, form: RunForm | None = None, status: int = 200) -> HttpResponse:
    rows = runs_of(request.user, practice=chosen)
    written = {blank.key: form.data.get(blank.key, "") for blank in chosen.blanks} if form else {}
    context: dict[str, Any] = {
        "practice": chosen,
        "script": f"wellbeing/js/{chosen.module}.js",
        "stage": f"wellbeing/practices/stage_{chosen.stage}.html",
        "blanks": [(blank, written.get(blank.key, "")) for blank in chosen.blanks],
        "ratings": RATINGS,
        "times": _EVENINGS,
        "form": form,
        "rows": rows,
        "together": together(row.change for row in rows),
    }
    return render(request, "wellbeing/practices/practice.html", context, status=status)


def _chosen(request: HttpRequest) -> tuple[Need | None, AgeBand | None, int | None]:
    """What was asked for in the address; where nothing was said about the age, what the reader's is known to be."""
    asked = request.GET
    need = Need(asked["need"]) if asked.get("need") in Need.values else None
    minutes = next((length for length in MINUTES if asked.get("minutes") == str(length)), None)
    if "age" in asked:
        return need, AgeBand(asked["age"]) if asked["age"] in AgeBand.values else None, minutes
    return need, band_of_reader(request), minutes
