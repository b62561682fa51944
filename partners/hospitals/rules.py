"""Who works in which hospital."""

from uuid import UUID

from django.db.models import Q

from catalog.partner.enums import OrganisationType, TeamRole
from catalog.partner.models import Membership, Partner
from marketplace.accounts.models import User

#: Who sees that letters come; what they say opens to doctors alone.
_ROLES = (TeamRole.MANAGER, TeamRole.DESK, TeamRole.CARER)


def hospital_of(user: User, chosen: UUID | None = None) -> Partner | None:
    """Return the hospital somebody works in, the chosen one first; None for everybody else."""
    places = Membership.objects.filter(user=user, role__in=_ROLES)
    found = Partner.objects.filter(organisation_type=OrganisationType.HOSPITAL)
    found = found.filter(Q(memberships__in=places) | Q(providers__user=user)).order_by("pk").distinct()
    return (found.filter(public_id=chosen).first() if chosen else None) or found.first()
