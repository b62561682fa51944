"""For whoever worries about somebody: no sign-in, nothing refused, and a secret link to come back by."""

from datetime import timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.accounts.models import User
from marketplace.accounts.security.attempts import address_of, may_send_form
from marketplace.core.throttling import Attempt, Pace
from marketplace.safeguarding.concerns.selectors import desk_hours
from marketplace.safeguarding.hotlines import HOTLINES

from .. import selectors, services
from ..errors import NoSuchReport
from ..forms import ReportForm, WordsForm
from ..models import Report

_MINUTE = timedelta(minutes=1)
#: Links tried from one address that are nobody's: nobody guesses 256 bits, and nobody hammers either.
WRONG_LINKS = Pace("report-link", free=20, first_wait=_MINUTE / 12, longest_wait=_MINUTE, forgotten_after=60 * _MINUTE)


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form. However many come, each is taken in: from one place, those that say no danger themselves wait their turn."""
    form = ReportForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "hotlines": HOTLINES, "hours": desk_hours()}
        return render(request, "reports/new.html", context)
    reporter = cast(User, request.user) if request.user.is_authenticated else None
    filed = services.file_report(
        **form.cleaned_data, reporter=reporter, is_one_of_many=not may_send_form(request, "report")
    )
    messages.success(request, _("已经送到值守台，谢谢你在意 TA。"))
    return _private(redirect("reports:follow", filed.token))


@never_cache
@require_GET
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """What became of a report, for whoever holds its link; never anything about the person it is about."""
    report = _report(request, token)
    return _private(_page(request, report, token) if report else _not_found(request))


@never_cache
@require_POST
def add(request: HttpRequest, token: str) -> HttpResponse:
    """Take in more."""
    report = _report(request, token)
    if report is None:
        return _private(_not_found(request))
    form = WordsForm(request.POST, label=gettext_lazy("想补充的"))
    if not form.is_valid():
        return _private(_page(request, report, token, form))
    services.add_to_report(report=report, text=form.cleaned_data["text"])
    messages.success(request, _("已经补充，值守的人会看到。"))
    return _private(redirect("reports:follow", token))


def _report(request: HttpRequest, token: str) -> Report | None:
    wrong = Attempt(WRONG_LINKS, address_of(request))
    found = None if wrong.must_wait() else selectors.report_by_token(token)
    if found is None:
        wrong.begin()
    return found


def _page(request: HttpRequest, report: Report, token: str, form: Any = None) -> HttpResponse:
    context = {
        "report": report,
        "concern": selectors.concern_of(report),
        "entries": selectors.entries_of(report),
        "link": settings.PUBLIC_BASE_URL + reverse("reports:follow", args=[token]),
        "token": token,
        "form": form or WordsForm(label=gettext_lazy("想补充的")),
        "hotlines": HOTLINES,
        "hours": desk_hours(),
    }
    return render(request, "reports/follow.html", context)


def _not_found(request: HttpRequest) -> HttpResponse:
    context = {"refusal": str(NoSuchReport()), "hotlines": HOTLINES}
    return render(request, "reports/no_report.html", context, status=404)


def _private(response: HttpResponse) -> HttpResponse:
    """The address is a secret: no other site hears of it, no search engine keeps it, no cache either."""
    response["Referrer-Policy"] = (
        "same-origin"  # none at all would take the Origin from our own form (Django's CSRF check)
    )
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Cache-Control"] = "no-store, private"
    return response
