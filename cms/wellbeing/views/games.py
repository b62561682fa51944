"""The two small games. They end kindly after a few minutes a day, in the browser and, signed in, on every device."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ..forms.practices import PlayForm
from ..games import BY_SLUG, GAMES
from ..rules.games import CAP_SECONDS, may_play
from ..selectors.games import seconds_played
from ..selectors.practices import is_shown
from ..services.games import note_play


@require_safe
def game(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a game, or the rest after it where today's time is used up."""
    chosen = BY_SLUG.get(slug)
    if chosen is None or not is_shown(chosen):
        raise Http404
    played = seconds_played(request.user)
    context = {
        "game": chosen,
        "others": [each for each in GAMES if each is not chosen and is_shown(each)],
        "played": played,
        "cap": CAP_SECONDS,
        "may_play": may_play(played),
        "stage": f"wellbeing/games/stage_{chosen.stage}.html",
    }
    return render(request, "wellbeing/games/game.html", context)


@never_cache
@require_POST
@login_required
def note_time(request: HttpRequest) -> HttpResponse:
    """Add seconds to today's time. JSON: left, in seconds."""
    form = PlayForm(request.POST)
    if not form.is_valid():
        return JsonResponse({}, status=422)
    left = note_play(owner=request.user, seconds=form.cleaned_data["seconds"])
    return JsonResponse({"left": left})
