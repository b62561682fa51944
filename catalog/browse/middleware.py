"""An early page cache for visitors who are nobody yet: their browse pages are the same for all of them.

It stands before every other middleware, so a page from it costs one Redis round trip. What a signed-in person sees is
never kept: any cookie but those of language and looks goes past it. Only pages that say so (`may_be_shared`) are kept,
for a moment, under the catalogue's version; never one that sets a cookie or carries a form token.
"""

from collections.abc import Callable
from hashlib import blake2s

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_from_request

from .caching import Shelf
from .shown import mark_shown, shown_on, tally

PREFIX = "/services/"
#: Seconds a page is kept: free times on it may be so old.
SECONDS = 20
_LONGEST_QUERY = 200
_LOOKS = frozenset({settings.LANGUAGE_COOKIE_NAME, "theme", "text"})
_MARK = "is_the_same_for_every_visitor"


def may_be_shared(response: HttpResponse) -> HttpResponse:
    """Say that every visitor who has not signed in may be shown this page."""
    setattr(response, _MARK, True)
    return response


class VisitorPages:
    """Answers for pages another visitor has just looked at."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._answer(request)
        if request.method == "GET" and response.status_code == 200:
            tally.add(shown_on(response))
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        key = _key(request)
        if key is None:
            return self.get_response(request)
        shelf = Shelf(key)
        kept = shelf.get(key)
        if kept:
            content, headers, products = kept
            response = HttpResponse(content, headers=headers)
            mark_shown(response, products)
            return response
        response = self.get_response(request)
        if _is_shared(request, response):
            shelf.put(key, (response.content, dict(response.items()), shown_on(response)), SECONDS)
        return response


def _key(request: HttpRequest) -> str | None:
    """Name everything the page depends on; None where it may depend on a person."""
    meta = request.META
    query = meta.get("QUERY_STRING", "")
    if request.method != "GET" or not request.path_info.startswith(PREFIX) or len(query) > _LONGEST_QUERY:
        return None
    if not _LOOKS.issuperset(request.COOKIES):
        return None
    parts = (
        request.scheme,
        meta.get("HTTP_HOST", ""),
        request.path_info,
        query,
        get_language_from_request(request),
        request.COOKIES.get("theme", ""),
        request.COOKIES.get("text", ""),
        meta.get("HTTP_HX_TARGET", "") if meta.get("HTTP_HX_REQUEST") else "",
        meta.get("HTTP_HX_HISTORY_RESTORE_REQUEST", ""),
    )
    return f"browse:sent:{blake2s(repr(parts).encode(), digest_size=16).hexdigest()}"


def _is_shared(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        getattr(response, _MARK, False)
        and response.status_code == 200
        and not response.cookies
        and "CSRF_COOKIE" not in request.META
        and not request.user.is_authenticated
    )
