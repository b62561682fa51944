"""Who works for a community, and what they may do there."""

from dataclasses import dataclass
from uuid import UUID

from catalog.partner.enums import OrganisationType, TeamRole
from catalog.partner.models import Membership, Partner
from marketplace.accounts.models import User


@dataclass(frozen=True)
class Portal:
    """One person's place in one community."""

    partner: Partner
    role: TeamRole
    user: User

    @property
    def is_manager(self) -> bool:
        """Plans, proposals and money are the manager's; workers deliver and stand at the door."""
        return self.role == TeamRole.MANAGER


#: A community's desk, finance and care people work in the portal for bookings, not here.
_WORKS_HERE = (TeamRole.MANAGER, TeamRole.WORKER)


def portal_of(user: User, chosen: UUID | None = None) -> Portal | None:
    """Return the community a person works for: of several the one they chose, else the first; None for everybody else.

    Read anew for every request: nothing of what somebody was yesterday opens anything today.
    """
    places = (
        Membership.objects.filter(
            user=user, partner__organisation_type=OrganisationType.COMMUNITY, role__in=_WORKS_HERE
        )
        .select_related("partner")
        .order_by("joined_at", "pk")
    )
    found = places.filter(partner__public_id=chosen).first() if chosen else None
    found = found or places.first()
    return Portal(found.partner, TeamRole(found.role), user) if found else None
