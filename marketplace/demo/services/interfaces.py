"""Keys of two organisations' programs, so that their page shows what one looks like. Nobody knows the secrets."""

from catalog.partner.enums import TeamRole
from catalog.partner.models import Membership
from partners.api.enums import Scope
from partners.api.models import ApiKey
from partners.api.services import make_key

#: Kind of organisation -> what its program is called, and what it may do.
_PROGRAMS = {
    "clinic": ("排班系统", (Scope.CATALOGUE_READ, Scope.CALENDAR_READ, Scope.BOOKINGS_READ)),
    "maker": ("发货程序", (Scope.ORDERS_READ, Scope.SHIPMENTS_READ, Scope.SHIPMENTS_WRITE)),
}


def make_interfaces() -> bool:
    """Make a key where an organisation has a manager and none yet; returns whether any were made."""
    managers = (
        Membership.objects.filter(
            partner__is_demo=True, partner__organisation_type__in=_PROGRAMS, role=TeamRole.MANAGER
        )
        .select_related("partner", "user")
        .order_by("partner_id", "pk")
    )
    made = False
    for membership in managers:
        if not ApiKey.objects.filter(partner=membership.partner).exists():
            label, scopes = _PROGRAMS[membership.partner.organisation_type]
            make_key(partner=membership.partner, made_by=membership.user, label=label, scopes=scopes)
            made = True
    return made
