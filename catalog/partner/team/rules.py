"""What each role in an organisation's team may do. Pure: every page, message and look of a partner's people asks here."""

from datetime import timedelta
from enum import StrEnum

from marketplace.accounts.enums import Role

from ..enums import TeamRole


class Power(StrEnum):
    """One kind of work in an organisation."""

    CARE = "care"  # everybody's calendar, bookings, waiting list, words with families
    ORDERS = "orders"  # parcels and what comes back
    MONEY = "money"  # statements, payouts, funds, giving money back
    OFFER = "offer"  # services, prices, packages, figures
    TEAM = "team"  # who belongs here, and as what


#: A carer sees their own time alone, by being its provider; a worker what they are asked to deliver. Neither has a power.
POWERS: dict[TeamRole, frozenset[Power]] = {
    TeamRole.MANAGER: frozenset(Power),
    TeamRole.DESK: frozenset({Power.CARE, Power.ORDERS}),
    TeamRole.FINANCE: frozenset({Power.MONEY}),
    TeamRole.CARER: frozenset(),
    TeamRole.WORKER: frozenset(),
}

#: Whose own sessions a provider's page shows: these roles may give care themselves.
GIVE_CARE = frozenset({TeamRole.MANAGER, TeamRole.CARER})

#: Under this name a session keeps which organisation somebody of several chose.
CHOSEN = "portal_organisation"

#: Accounts that may belong to a team: a family's account stays a family's.
WORKING_ROLES = (Role.PRACTITIONER, Role.PARTNER_STAFF)

INVITATION_LASTS = timedelta(days=7)
#: So long after it was opened an account without a family in it may still become one for work.
UNUSED_WITHIN = timedelta(days=2)
#: How many invitations one organisation may have open at once.
MOST_INVITATIONS = 30


def roles_with(power: Power) -> list[TeamRole]:
    """Return the roles that have a power."""
    return [role for role, powers in POWERS.items() if power in powers]


def account_role_for(role: TeamRole) -> Role:
    """Return as what somebody new signs in who joins in this role."""
    return Role.PRACTITIONER if role == TeamRole.CARER else Role.PARTNER_STAFF
