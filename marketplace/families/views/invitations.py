"""Inviting into a family, and accepting. Looking at a link changes nothing: link previews look too. Accepting is a POST."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.accounts.security.attempts import SECRETS, Trial, trial
from marketplace.core.errors import Refusal
from marketplace.core.throttling import TooFast

from .. import rules, selectors, services
from ..enums import GuardianshipScope, InvitationKind, Relation
from ..errors import AccountOfAGuardian, NoSuchInvitation, OwnInvitation
from ..forms import AcceptForm, CodeForm, InviteGuardianForm
from ..models import Child, Invitation

_REFUSED, _NOT_FOUND, _TOO_FAST = 409, 404, 429


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, public_id: UUID, kind: str) -> HttpResponse:
    """Say what an invitation does; once made, show its link, code and picture this one time."""
    child = _child_to_invite_for(request, public_id, kind)
    form = InviteGuardianForm(request.POST or None) if kind == InvitationKind.GUARDIAN else None
    context: dict[str, Any] = {"child": child, "kind": kind, "form": form}
    if request.method != "POST" or (form and not form.is_valid()):
        return render(request, "families/invite.html", context)
    scope = GuardianshipScope(form.cleaned_data["scope"]) if form else GuardianshipScope.FULL
    try:
        new = _SERVICES[InvitationKind(kind)](child, request.user, scope)
    except Refusal as refusal:
        return render(request, "families/invite.html", context | {"refusal": str(refusal)}, status=_REFUSED)
    link = request.build_absolute_uri(reverse("family:invitation", args=[new.token]))
    return render(request, "families/invitation_made.html", context | {"new": new, "link": link, "qr": _picture(link)})


_SERVICES: dict[InvitationKind, Callable[[Child, Any, GuardianshipScope], services.NewInvitation]] = {
    InvitationKind.TEEN: lambda child, user, scope: services.invite_teen(invited_by=user, child=child),
    InvitationKind.GUARDIAN: lambda child, user, scope: services.invite_guardian(
        invited_by=user, child=child, scope=scope
    ),
    InvitationKind.TEEN_ASKS_GUARDIAN: lambda child, user, scope: services.ask_guardian(child=child, asked_by=user),
}


def _child_to_invite_for(request: HttpRequest, public_id: UUID, kind: str) -> Child:
    """A guardian invites for their child, a young person for themselves; anybody else finds nothing."""
    if kind == InvitationKind.TEEN_ASKS_GUARDIAN:
        child = selectors.young_profile_of(request.user)
        is_right = child is not None and child.public_id == public_id
    else:
        child = selectors.child_of(request.user, public_id)
        is_right = kind in InvitationKind.values and child is not None and rules.is_full_guardian(request.user, child)
    if child is None or not is_right:
        raise Http404
    return child


def _picture(link: str) -> SafeString:
    """Draw the link as a picture for a phone's camera."""
    drawing = segno.make(link, error="m").svg_inline(omitsize=True, border=2, dark="#1E2B2A", light="#FFFFFF")
    return mark_safe(drawing)  # noqa: S308 - of squares, made from our own address


@never_cache
@require_http_methods(["GET", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """Type in a code that somebody read out; it leads to the invitation."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            look_up(request, code)
        except (NoSuchInvitation, TooFast) as refusal:
            form.add_error("code", str(refusal))
        except Refusal:
            return redirect("family:invitation", secret=code)
        else:
            return redirect("family:invitation", secret=code)
    return render(request, "families/enter_code.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def show_invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Say who invites to what; whoever is signed in may accept, others sign in or up and come back."""
    try:
        invitation = look_up(request, secret)
        if invitation.invited_by_id and invitation.invited_by_id == request.user.pk:
            raise OwnInvitation
    except Refusal as refusal:
        return _refused(request, refusal)
    if request.method == "POST" and request.user.is_authenticated:
        return _accept(request, invitation, secret)
    return _show(request, invitation, AcceptForm(initial={"relation": invitation.relation or Relation.OTHER}))


def look_up(request: HttpRequest, secret: str) -> Invitation:
    """Find an open invitation. Wrong secrets are counted by account and by address, and slow the next look down."""
    who = [f"invitation:{request.user.pk}"] if request.user.is_authenticated else []
    guess = trial(request, SECRETS, who)
    if not guess.begin():
        raise TooFast
    try:
        invitation = services.find_invitation(secret=secret)
    except NoSuchInvitation:
        raise
    except Refusal:
        _uncount(guess)
        raise
    _uncount(guess)
    return invitation


def _uncount(guess: Trial) -> None:
    """A right secret is no guess, even of an invitation that is over."""
    guess.succeeded()
    guess.address.take_back()


def _accept(request: HttpRequest, invitation: Invitation, secret: str) -> HttpResponse:
    form = AcceptForm(request.POST)
    if invitation.kind != InvitationKind.TEEN and not form.is_valid():
        return _show(request, invitation, form, status=422)
    relation = form.cleaned_data.get("relation", "") if form.is_valid() else ""
    try:
        acceptance = services.accept_invitation(secret=secret, user=request.user, relation=relation)
    except Refusal as refusal:
        return _show(request, invitation, form, refusal=refusal, status=_REFUSED)
    if acceptance.kept_apart:
        messages.success(request, _("已加入。你原来的档案没有变，对方现在是你的监护人。"))
    else:
        messages.success(request, _("已接受邀请。"))
    return redirect("family:children")


def _show(
    request: HttpRequest, invitation: Invitation, form: AcceptForm, *, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    own = selectors.young_profile_of(request.user)
    context = {
        "invitation": invitation,
        "child": invitation.child,
        "inviter": invitation.invited_by.nickname if invitation.invited_by else "",
        "form": form,
        "is_teen": invitation.kind == InvitationKind.TEEN,
        "by_teen": invitation.kind == InvitationKind.TEEN_ASKS_GUARDIAN,
        "only_books": invitation.scope == GuardianshipScope.BOOKING,
        "keeps_own": own if invitation.kind == InvitationKind.TEEN else None,
        "refusal": str(refusal) if refusal else "",
        "should_switch": isinstance(refusal, AccountOfAGuardian),
    }
    return _private(render(request, "families/invitation.html", context, status=status))


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    status = {NoSuchInvitation: _NOT_FOUND, TooFast: _TOO_FAST}.get(type(refusal), _REFUSED)
    is_own = isinstance(refusal, OwnInvitation)
    context = {"refusal": str(refusal), "is_own": is_own}
    return _private(render(request, "families/invitation_over.html", context, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    """The address is a secret: no other site hears of it, and no search engine keeps it.

    Not "no-referrer": a browser then says "null" for the page's own origin, and the form is refused.
    """
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_POST
@login_required
def revoke(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take an open invitation back."""
    try:
        services.revoke_invitation(user=request.user, public_id=public_id)
    except NoSuchInvitation:
        raise Http404 from None
    except Refusal as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("邀请已收回，链接和邀请码都不能再用。"))
    return redirect("family:children")
