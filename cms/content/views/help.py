"""The way from the library to help, and what its labels mean."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..services.reaching import KINDS, count_reached


@never_cache
@require_safe
def to_help(request: HttpRequest, kind: str) -> HttpResponse:
    """Go to the page of help; that somebody went is counted by the kind of page they came from, not who."""
    if request.method == "GET" and kind in KINDS:
        count_reached(kind)
    return redirect("crisis")


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """How the library is made: who writes, who reviews, what the labels mean, on what terms it may be passed on."""
    return render(request, "content/about.html")
