"""A guardian who is signed in: who asks, paying, not this time, taking an ask back."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.core.errors import Refusal
from marketplace.families.rules import has_others_pay
from payments.requests import selectors, services
from payments.requests.enums import RequestEventKind
from payments.requests.views import payer
from payments.requests.views.entrances import Entrance

GuardianPage = Callable[[HttpRequest, Entrance], HttpResponse]


@login_required
@never_cache
@require_GET
def asked(request: HttpRequest) -> HttpResponse:
    """Everybody who waits for this person to pay, in neutral words; a young person asks, and comes to what they asked."""
    if has_others_pay(request.user):
        own = selectors.open_ask_of(request.user)
        return redirect("payment_requests:mine", own.public_id) if own else redirect("me")
    asks = [
        Entrance(ask, "guardian", str(ask.public_id), request.user) for ask in selectors.asks_for_guardian(request.user)
    ]
    return render(request, "asks/asked.html", {"asks": asks})


def _of_guardian(page: GuardianPage) -> Callable[..., HttpResponse]:
    """Find the ask among those this guardian may see; for anybody else there is none."""

    @login_required
    @never_cache
    @wraps(page)
    def view(request: HttpRequest, public_id: UUID) -> HttpResponse:
        ask = selectors.ask_for_guardian(request.user, public_id)
        if ask is None:
            raise Http404
        return page(request, Entrance(ask, "guardian", str(public_id), request.user))

    return view


@require_GET
@_of_guardian
def show(request: HttpRequest, entrance: Entrance) -> HttpResponse:
    """What is asked, or how it ended."""
    if payer.is_over(entrance):
        return payer.show_over(request, entrance)
    if not entrance.ask.events.filter(kind=RequestEventKind.OPENED, by=entrance.user).exists():
        services.note_opened(request=entrance.ask, opened_by=entrance.user)
    return payer.show_ask(request, entrance)


@require_http_methods(["GET", "POST"])
@_of_guardian
def pay(request: HttpRequest, entrance: Entrance) -> HttpResponse:
    """Begin to pay."""
    return payer.start_paying(request, entrance)


@require_http_methods(["GET", "POST"])
@_of_guardian
def decline(request: HttpRequest, entrance: Entrance) -> HttpResponse:
    """Not this time."""
    return payer.answer_not_now(request, entrance)


@require_POST
@_of_guardian
def revoke(request: HttpRequest, entrance: Entrance) -> HttpResponse:
    """Take the ask back, so that nobody pays it: a guardian of record may."""
    try:
        services.revoke_ask(request=entrance.ask, revoked_by=request.user)
    except Refusal as refusal:
        messages.info(request, str(refusal))
        return redirect(entrance.url())
    messages.success(request, _("已撤回，链接不能再付款。孩子会收到一句话。"))
    return redirect("payment_requests:asked")


@require_GET
@_of_guardian
def scan(request: HttpRequest, entrance: Entrance) -> HttpResponse:
    """The code to scan."""
    return payer.show_scan(request, entrance)


@require_GET
@_of_guardian
def come_back(request: HttpRequest, entrance: Entrance) -> HttpResponse:
    """Back from the company."""
    return payer.show_return(request, entrance)


@require_GET
@_of_guardian
def status(request: HttpRequest, entrance: Entrance) -> HttpResponse:
    """The part of a waiting page that changes."""
    return payer.show_status(request, entrance)
