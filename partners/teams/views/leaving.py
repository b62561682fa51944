"""Leaving a team, being removed from it, and choosing which of several one works in."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from catalog.partner.team import services
from catalog.partner.team.rules import CHOSEN
from catalog.partner.team.seat import Seat
from catalog.partner.team.selectors import memberships_of
from catalog.scheduling.models import Provider
from marketplace.accounts.selectors import start_page_of
from marketplace.core.errors import Refusal

from ..access import member_view, team_manager_view
from .team import member_of


@never_cache
@require_http_methods(["GET", "POST"])
@team_manager_view
def remove_member(request: HttpRequest, seat: Seat, public_id: UUID) -> HttpResponse:
    """Take a colleague out, after saying what that does: every page shuts to them at once, on every device."""
    place = member_of(seat, public_id)
    if request.method == "POST":
        try:
            services.remove(partner=seat.partner, user=place.user, removed_by=seat.user)
            messages.success(request, _("已移出。TA 已经在所有设备上退出，看不到这里的任何内容了。"))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("teams:team")
    own = Provider.objects.filter(partner=seat.partner, user=place.user).first()
    context = {"seat": seat, "page": "team", "place": place, "own": own, "is_self": place.user_id == seat.user.pk}
    return render(request, "teams/remove.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@member_view
def leave_team(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Leave oneself."""
    if request.method == "POST":
        try:
            services.leave(partner=seat.partner, user=seat.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("teams:team")
        request.session.pop(CHOSEN, None)
        messages.success(request, _("你已离开团队。谢谢你做过的一切。"))
        return redirect("me")
    return render(request, "teams/leave.html", {"seat": seat, "page": "team"})


@require_POST
@member_view
def choose(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Work in another of one's organisations from now on in this browser."""
    wanted = request.POST.get("organisation", "")
    if wanted not in {str(place.partner.public_id) for place in memberships_of(seat.user)}:
        raise Http404
    request.session[CHOSEN] = wanted
    return redirect(start_page_of(seat.user))
