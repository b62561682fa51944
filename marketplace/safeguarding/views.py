"""Help in a crisis: pages that never ask who is reading them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from marketplace.safeguarding.hotlines import ALL_LINES, HOTLINES
from marketplace.safeguarding.places import provinces


@require_safe
@cache_control(private=True, max_age=0, no_store=True)
def show_crisis_help(request: HttpRequest) -> HttpResponse:
    """Show whom to call and what to do right now. No login, no query, nothing recorded."""
    return render(request, "safeguarding/crisis.html", {"hotlines": HOTLINES})


@require_safe
@cache_control(private=True, max_age=0, no_store=True)
def show_lines(request: HttpRequest) -> HttpResponse:
    """Show every line, and how it is reached in a place. All of it at once, so that nobody hears of the place."""
    return render(request, "safeguarding/lines.html", {"hotlines": ALL_LINES, "provinces": provinces()})
