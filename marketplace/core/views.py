"""Pages of the design system: display choices and the living style page."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from marketplace.core import display, styleguide

_A_YEAR = int(timedelta(days=365).total_seconds())


def _way_back(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else "/"


# Without a CSRF token on purpose: it changes only how pages look in this browser, and a token on every page
# would give each anonymous visitor a cookie and make the pages impossible to share from a cache.
@csrf_exempt
@require_POST
def set_display(request: HttpRequest) -> HttpResponse:
    """Remember language, theme or text size in cookies and go back to the page."""
    quiet = request.headers.get("X-Requested-With") == "fetch"
    response = HttpResponse(status=204) if quiet else HttpResponseRedirect(_way_back(request))
    language = request.POST.get("language")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=_A_YEAR, samesite="Lax", secure=request.is_secure()
        )
    for key, values in display.CHOICES.items():
        value = request.POST.get(key)
        if value in values:
            response.set_cookie(key, value, max_age=_A_YEAR, samesite="Lax", secure=request.is_secure())
        elif value == display.DEFAULTS[key]:
            response.delete_cookie(key, samesite="Lax")
    return response


def show_styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component with live examples; demo and development only."""
    if not settings.STYLEGUIDE_ENABLED:
        raise Http404
    return render(request, "core/styleguide.html", styleguide.examples())
