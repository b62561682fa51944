"""Whoever holds the link, without an account.

The address is the secret. Whatever fetches it (a preview of a chat app, a scanner of mail) sees a cover without facts;
the facts come after a click, which changes nothing. These pages send no referrer, for which browsers call the origin of
their forms "null": Django's check of the origin cannot hold here. The address nobody else knows takes its place, as a
CSRF token would, and a form another site sends here is refused by what the browser says of it.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from marketplace.accounts.security.attempts import address_of
from marketplace.core.throttling import Attempt, TooFast
from payments import selectors as core
from payments.enums import IntentState
from payments.requests import selectors, services
from payments.requests.enums import RequestState
from payments.requests.errors import NoSuchLink
from payments.requests.rules import LINK_USES, RECEIPT_FOR, WRONG_LINKS
from payments.requests.tokens import digest_of
from payments.requests.views import payer
from payments.requests.views.entrances import Entrance, private

_NOT_FOUND, _TOO_FAST, _FORBIDDEN = 404, 429, 403
_OPENED = "asks_opened"
_MOST_OPENED = 20

#: Programs that fetch links to draw a preview of them, or to look for harm. They get the cover, whatever they click.
_PREVIEWS = re.compile(
    r"bot|spider|crawl|preview|facebookexternalhit|WhatsApp|Slack|Discord|Twitter|Telegram|Skype|WeChatShareExtension|"
    r"Mpcrawler|WindowsWechat-Preview|DingTalkBot|Feishu-?Link|python-requests|curl|wget|headless-preview",
    re.IGNORECASE,
)

LinkPage = Callable[[HttpRequest, Entrance], HttpResponse]


def is_preview(request: HttpRequest) -> bool:
    """Whether a program fetches the page to show others what is behind a link, as far as it says so."""
    return bool(_PREVIEWS.search(request.headers.get("User-Agent", "")))


def _by_secret(page: LinkPage) -> Callable[..., HttpResponse]:
    """Find the ask of a link, at a pace that leaves no guessing; every answer is private."""

    @csrf_exempt
    @wraps(page)
    def view(request: HttpRequest, token: str, **_: Any) -> HttpResponse:
        if request.method == "POST" and request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
            return private(_refused(request, NoSuchLink(), _FORBIDDEN))
        wrong = Attempt(WRONG_LINKS, address_of(request))
        if wrong.must_wait():
            return private(_refused(request, TooFast(), _TOO_FAST))
        ask = selectors.ask_by_token(token)
        if ask is None:
            wrong.begin()
            return private(_refused(request, NoSuchLink(), _NOT_FOUND))
        if not Attempt(LINK_USES, str(ask.pk)).begin() and request.method == "POST":
            return private(_refused(request, TooFast(), _TOO_FAST))
        user = request.user if request.user.is_authenticated else None
        return private(page(request, Entrance(ask, "link", token, user)))

    return view


def _refused(request: HttpRequest, refusal: Exception, status: int) -> HttpResponse:
    return render(request, "asks/no_link.html", {"refusal": str(refusal)}, status=status)


def _has_opened(request: HttpRequest, entrance: Entrance) -> bool:
    return digest_of(entrance.key) in request.session.get(_OPENED, [])


def _is_own(entrance: Entrance) -> bool:
    return entrance.user is not None and entrance.user.pk == entrance.ask.created_by_id


@require_safe
@_by_secret
def show(request: HttpRequest, entrance: Entrance) -> HttpResponse:
    """The cover; after the click what is asked, or calmly how it ended."""
    if is_preview(request):
        return _cover(request, entrance)
    if _is_own(entrance):
        return render(request, "asks/own_link.html", entrance.page())
    if payer.is_over(entrance):
        return (
            payer.show_over(request, entrance) if not _may_see_payment(request, entrance) else _paid(request, entrance)
        )
    return payer.show_ask(request, entrance) if _has_opened(request, entrance) else _cover(request, entrance)


def _cover(request: HttpRequest, entrance: Entrance) -> HttpResponse:
    return render(request, "asks/cover.html", {"open_url": entrance.url("open")})


@require_POST
@_by_secret
def open_link(request: HttpRequest, entrance: Entrance) -> HttpResponse:
    """The click. It is remembered in this browser and counted; nothing of the ask changes."""
    if is_preview(request):
        return _cover(request, entrance)
    opened = [each for each in request.session.get(_OPENED, []) if each != digest_of(entrance.key)]
    request.session[_OPENED] = [*opened, digest_of(entrance.key)][-_MOST_OPENED:]
    if not _is_own(entrance):
        services.note_opened(request=entrance.ask, opened_by=entrance.user)
    return redirect(entrance.url())


def _opened(page: LinkPage) -> LinkPage:
    """Only after the click; anybody else is led to the cover."""

    @wraps(page)
    def view(request: HttpRequest, entrance: Entrance) -> HttpResponse:
        if is_preview(request) or _is_own(entrance) or not _has_opened(request, entrance):
            return redirect(entrance.url())
        return page(request, entrance)

    return view


@require_http_methods(["GET", "POST"])
@_by_secret
@_opened
def pay(request: HttpRequest, entrance: Entrance) -> HttpResponse:
    """Begin to pay."""
    return payer.start_paying(request, entrance)


@require_http_methods(["GET", "POST"])
@_by_secret
@_opened
def decline(request: HttpRequest, entrance: Entrance) -> HttpResponse:
    """Not this time."""
    return payer.answer_not_now(request, entrance)


@require_GET
@_by_secret
@_opened
def scan(request: HttpRequest, entrance: Entrance) -> HttpResponse:
    """The code to scan."""
    return payer.show_scan(request, entrance)


@require_GET
@_by_secret
def come_back(request: HttpRequest, entrance: Entrance) -> HttpResponse:
    """Back from the company, perhaps in another browser than the one that opened the link: the sum and how it stands."""
    return _cover(request, entrance) if is_preview(request) else payer.show_return(request, entrance)


@require_GET
@_by_secret
def status(request: HttpRequest, entrance: Entrance) -> HttpResponse:
    """The part of a waiting page that changes."""
    return HttpResponse(status=204) if is_preview(request) else payer.show_status(request, entrance)


def _may_see_payment(request: HttpRequest, entrance: Entrance) -> bool:
    """Whether this browser opened the link, and it was paid not too long ago."""
    paid_at = entrance.intent.paid_at
    is_recent = paid_at is not None and timezone.now() < paid_at + RECEIPT_FOR
    return is_recent and entrance.ask.state == RequestState.PAID and _has_opened(request, entrance)


def _paid(request: HttpRequest, entrance: Entrance) -> HttpResponse:
    page = entrance.page(refunded=entrance.intent.state in (IntentState.REFUNDED, IntentState.REFUNDED_PART))
    return render(request, "asks/paid.html", page)


@require_GET
@_by_secret
@_opened
def receipt(request: HttpRequest, entrance: Entrance) -> HttpResponse:
    """What was paid and what went back, in neutral words, for thirty days; else the ask itself, which says how it stands."""
    if not _may_see_payment(request, entrance):
        return redirect(entrance.url())
    attempts = list(entrance.intent.attempts.exclude(paid_at=None).order_by("paid_at"))
    page = entrance.page(
        attempts=attempts,
        refunds=core.refunds_of(entrance.intent.pk),
        net_fen=sum(attempt.captured_fen - attempt.refunded_fen for attempt in attempts),
    )
    return render(request, "asks/receipt.html", page)
