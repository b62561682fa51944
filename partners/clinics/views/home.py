"""The portal's first page: what this person's day is about, by what they do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from catalog.partner.enums import OrganisationType, TeamRole
from catalog.partner.models import Membership
from catalog.partner.team.rules import WORKING_ROLES
from marketplace.accounts.models import User

from ..access import team_view
from ..desk import figures_of, tasks_of
from ..rules import Portal, organisations_of

#: Organisations whose work begins at a page of their own.
_HOMES = {
    OrganisationType.COMMUNITY: "communities:home",
    OrganisationType.ASSOCIATION: "associations:home",
    OrganisationType.SCHOOL: "schools:home",
    OrganisationType.HOSPITAL: "hospitals:home",
}


@never_cache
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Where a partner's people start; a community's worker at its own pages, whoever works nowhere now at what is theirs."""
    user = request.user
    if isinstance(user, User) and user.role in WORKING_ROLES and not organisations_of(user).exists():
        is_worker = Membership.objects.filter(user=user, role=TeamRole.WORKER).exists()
        return redirect(_HOMES[OrganisationType.COMMUNITY] if is_worker else "me")
    return _home(request)


@team_view
def _home(request: HttpRequest, portal: Portal) -> HttpResponse:
    """Numbers and what waits; a carer's own sessions of today are one step away."""
    elsewhere = _own_home(portal)
    if elsewhere:
        return redirect(elsewhere)
    context = {
        "portal": portal,
        "page": "home",
        "figures": figures_of(portal),
        "tasks": tasks_of(portal),
        "today": timezone.localdate(),
        "several": organisations_of(portal.user).count() > 1,
    }
    return render(request, "clinics/home.html", context)


def _own_home(portal: Portal) -> str:
    name = _HOMES.get(OrganisationType(portal.partner.organisation_type), "")
    if not name or portal.role == TeamRole.CARER:
        return ""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
