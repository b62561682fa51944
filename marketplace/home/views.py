"""The start page and 我的."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.accounts.rules import is_family
from marketplace.accounts.selectors import start_page_of

from . import selectors


def home(request: HttpRequest) -> HttpResponse:
    """What Xinqiao is and where to begin; for a signed-in family, what comes next."""
    context: dict[str, Any] = {"needs": selectors.need_categories(), "free": selectors.soon_free_providers()}
    if is_family(request.user):
        context["family"] = selectors.family_overview(request.user)
    return render(request, "home/home.html", context)


@login_required
def me(request: HttpRequest) -> HttpResponse:
    """Everything of one's own, as one calm list."""
    context = {
        "family": selectors.family_overview(request.user),
        "tally": selectors.tally(request.user),
        "portal": "" if is_family(request.user) else start_page_of(request.user),
    }
    return render(request, "home/me.html", context)
