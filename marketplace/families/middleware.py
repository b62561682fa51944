"""Minor mode at the door of every page: for young accounts only, and never before help."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from marketplace.accounts.rules import is_teen

from . import services
from .minor_mode import Standing

#: Always open: crisis help, the plan for hard moments, signing out, language and looks, complaints, the page that says to rest; and a session that
#: was booked, which no clock of ours cuts off.
_ALWAYS_OPEN = frozenset(
    "account_logout display set_language health media family:rest wellbeing:plan wellbeing:plan_worker wellbeing:keep_plan".split()
)
_ALWAYS_OPEN_ROOMS = frozenset({"complaints", "room"})
_HELP = "/help/"


class MinorMode:
    """Counts a young person's minutes, says quietly when they come to an end, and then leads to rest.

    Grown-ups cost it nothing: it asks only who is signed in, which every page of theirs asks anyhow.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        if (
            not settings.MINOR_MODE
            or _is_always_open(request)
            or SESSION_KEY not in request.session
            or not is_teen(request.user)
        ):
            return None
        standing = services.note_presence(user=request.user, is_counted=_somebody_acts(request))
        if standing is None:
            return None
        if standing.is_over and not (request.method == "POST" and standing.may_finish):
            rest = reverse("family:rest")
            return HttpResponseClientRedirect(rest) if request.htmx else redirect(rest)
        request.frame_notes = _notes(standing)
        return None


def _is_always_open(request: Any) -> bool:
    match = request.resolver_match
    is_named = match.view_name in _ALWAYS_OPEN or not _ALWAYS_OPEN_ROOMS.isdisjoint(match.namespaces)
    return is_named or request.path.startswith(_HELP)


def _somebody_acts(request: Any) -> bool:
    """A page that renews a part of itself is nobody's doing."""
    return not (request.htmx and request.method == "GET")


def _notes(standing: Standing) -> list[str]:
    return [_("今天的时间快用完了，慢慢收尾就好。需要帮助的话，求助页一直开着。")] if standing.ends_soon else []
