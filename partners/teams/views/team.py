"""A team: who belongs to it and as what, whom it has invited."""

from uuid import UUID

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.partner.enums import TeamRole
from catalog.partner.models import Membership
from catalog.partner.team import services
from catalog.partner.team.errors import NoSuchInvitation
from catalog.partner.team.rules import GIVE_CARE
from catalog.partner.team.seat import Seat
from catalog.partner.team.selectors import memberships_of, open_invitations, team_of
from catalog.scheduling.models import Provider
from catalog.scheduling.services import link_provider
from marketplace.core.errors import Refusal

from ..access import member_view, team_manager_view
from ..forms import InviteForm, MemberForm


@never_cache
@require_GET
@member_view
def team(request: HttpRequest, seat: Seat) -> HttpResponse:
    """One's colleagues; managers see besides who is invited."""
    return _page(request, seat)


def _page(request: HttpRequest, seat: Seat, form: InviteForm | None = None) -> HttpResponse:
    invitations = list(open_invitations(seat.partner)) if seat.may_manage_team else []
    context = {
        "seat": seat,
        "page": "team",
        "people": list(team_of(seat.partner)),
        "invitations": invitations,
        "form": form or InviteForm(partner=seat.partner),
        "places": list(memberships_of(seat.user)),
    }
    return render(request, "teams/team.html", context, status=400 if form else 200)


@never_cache
@require_POST
@team_manager_view
def send_invitation(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Invite somebody; the link is shown this one time, to be passed on."""
    form = InviteForm(request.POST, partner=seat.partner)
    if not form.is_valid():
        return _page(request, seat, form)
    try:
        made = services.invite(
            partner=seat.partner,
            address=form.cleaned_data["address"],
            role=TeamRole(form.cleaned_data["role"]),
            invited_by=seat.user,
        )
    except Refusal as refusal:
        form.add_error("address", str(refusal))
        return _page(request, seat, form)
    link = request.build_absolute_uri(reverse("teams:join", args=[made.secret]))
    context = {"seat": seat, "page": "team", "made": made.invitation, "link": link, "qr": _picture(link)}
    return render(request, "teams/invited.html", context)


def _picture(link: str) -> SafeString:
    """Draw the link as a picture for a phone's camera."""
    drawing = segno.make(link, error="m").svg_inline(omitsize=True, border=2, dark="#1E2B2A", light="#FFFFFF")
    return mark_safe(drawing)  # noqa: S308 - of squares, made from our own address


@require_POST
@team_manager_view
def withdraw_invitation(request: HttpRequest, seat: Seat, public_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    try:
        services.withdraw(partner=seat.partner, public_id=public_id, withdrawn_by=seat.user)
        messages.success(request, _("邀请已收回，链接不能再用。"))
    except NoSuchInvitation:
        raise Http404 from None
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("teams:team")


@never_cache
@require_http_methods(["GET", "POST"])
@team_manager_view
def member(request: HttpRequest, seat: Seat, public_id: UUID) -> HttpResponse:
    """Change what one colleague does, and tie them to the calendar of a provider."""
    place = member_of(seat, public_id)
    own = Provider.objects.filter(partner=seat.partner, user=place.user).first()
    may_link = own is None and place.role in GIVE_CARE
    form = MemberForm(request.POST or None, partner=seat.partner, may_link=may_link, initial={"role": place.role})
    if request.method == "POST" and form.is_valid():
        try:
            _change(seat, place, form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已保存，马上生效。"))
            return redirect("teams:team")
    context = {"seat": seat, "page": "team", "place": place, "own": own, "form": form}
    return render(request, "teams/member.html", context, status=400 if form.errors else 200)


def _change(seat: Seat, place: Membership, form: MemberForm) -> None:
    role = TeamRole(form.cleaned_data["role"])
    services.change_role(partner=seat.partner, user=place.user, role=role, changed_by=seat.user)
    provider = form.cleaned_data.get("provider")
    if provider is not None and role in GIVE_CARE:
        link_provider(provider=provider, user=place.user, linked_by=seat.user)


def member_of(seat: Seat, public_id: UUID) -> Membership:
    """Return a colleague's place; 404 for anybody of another team."""
    return get_object_or_404(team_of(seat.partner), public_id=public_id)
