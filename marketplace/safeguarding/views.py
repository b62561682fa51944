"""Help in a crisis: a page that never asks who is reading it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from marketplace.safeguarding.hotlines import HOTLINES


@require_safe
@cache_control(private=True, max_age=0, no_store=True)
def show_crisis_help(request: HttpRequest) -> HttpResponse:
    """Show whom to call and what to do right now. No login, no query, nothing recorded."""
    return render(request, "safeguarding/crisis.html", {"hotlines": HOTLINES})
