"""Keys of two organisations' programs, so that their page shows what one looks like. Nobody knows the secrets."""

from catalog.partner.enums import TeamRole
from catalog.partner.models import Membership
from partners.api.enums import Scope
from partners.api.services import make_key

#: Kind of organisation -> what its program is called, and what it may do.
_PROGRAMS = {
    "clinic": ("排班系统", (Scope.CATALOGUE_READ, Scope.CALENDAR_READ, Scope.BOOKINGS_READ)),
    "maker": ("发货程序", (Scope.ORDERS_READ, Scope.SHIPMENTS_READ, Scope.SHIPMENTS_WRITE)),
}


def make_interfaces() -> bool:
    """Make a key where an organisation has a manager and none yet; returns whether any were made."""
    without = Membership.objects.filter(
        partner__is_demo=True,
        partner__organisation_type__in=_PROGRAMS,
        partner__api_keys=None,
        role=TeamRole.MANAGER,
    )
    managers = {each.partner: each.user for each in without.select_related("partner", "user").order_by("-pk")}
    for partner, manager in managers.items():
        label, scopes = _PROGRAMS[partner.organisation_type]
        make_key(partner=partner, made_by=manager, label=label, scopes=scopes)
    return bool(managers)
