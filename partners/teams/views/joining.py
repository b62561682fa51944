"""Joining a team by an invitation's link. Looking changes nothing: link previews look too. Accepting is a POST."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from catalog.partner.enums import TeamRole
from catalog.partner.models import TeamInvitation
from catalog.partner.team import services
from catalog.partner.team.errors import NoSuchInvitation, WorkAccountNeeded
from catalog.partner.team.rules import CHOSEN
from marketplace.accounts.models import User
from marketplace.accounts.security.attempts import SECRETS, trial
from marketplace.accounts.selectors import start_page_of
from marketplace.core.errors import Refusal
from marketplace.core.throttling import TooFast

from ..forms import ROLE_WORDS

_REFUSED, _NOT_FOUND, _TOO_FAST = 409, 404, 429


@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Say who invites to what; whoever is signed in may accept, others sign in or up and come back."""
    try:
        invitation = _look_up(request, secret)
    except Refusal as refusal:
        status = {NoSuchInvitation: _NOT_FOUND, TooFast: _TOO_FAST}.get(type(refusal), _REFUSED)
        return _show(request, None, refusal=refusal, status=status)
    if request.method != "POST" or not isinstance(request.user, User):
        return _show(request, invitation)
    try:
        place = services.accept(secret=secret, user=request.user)
    except Refusal as refusal:
        return _show(request, invitation, refusal=refusal, status=_REFUSED)
    request.session[CHOSEN] = str(place.partner.public_id)
    messages.success(request, _("欢迎加入 {team}。").format(team=place.partner.name))
    return redirect(start_page_of(request.user))


def _look_up(request: HttpRequest, secret: str) -> TeamInvitation:
    """Find an open invitation. Wrong secrets are counted by account and by address, and slow the next look down."""
    who = [f"team-invitation:{request.user.pk}"] if request.user.is_authenticated else []
    guess = trial(request, SECRETS, who)
    if not guess.begin():
        raise TooFast
    try:
        invitation = services.find_invitation(secret=secret)
    except NoSuchInvitation:
        raise
    except Refusal:
        guess.succeeded()
        raise
    guess.succeeded()  # a right secret is no guess, even of an invitation that is over
    return invitation


def _show(
    request: HttpRequest, invitation: TeamInvitation | None, *, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "invitation": invitation,
        "role_words": ROLE_WORDS[TeamRole(invitation.role)] if invitation else "",
        "refusal": str(refusal) if refusal else "",
        "should_switch": isinstance(refusal, WorkAccountNeeded),
    }
    response = render(request, "teams/join.html", context, status=status)
    # The address is a secret: no other site hears of it, and no search engine keeps it.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
