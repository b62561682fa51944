"""Who may do what in the portal: the desk sees everybody's time, a carer their own, the bookkeeper no child at all."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from catalog.partner.enums import OrganisationType, TeamRole
from catalog.partner.models import Membership, Partner
from catalog.partner.team.seat import Seat
from catalog.partner.team.selectors import role_at
from catalog.scheduling.models import Provider
from marketplace.accounts.models import User


@dataclass(frozen=True)
class Portal(Seat):
    """One person's view of one partner."""

    def providers(self) -> QuerySet[Provider]:
        """The providers whose time this person may see and change, in a stable order."""
        providers = Provider.objects.filter(partner=self.partner)
        if self.sees_everybodys_care:
            return providers
        return providers.filter(user=self.user) if self.may_see_care else providers.none()


def organisations_of(user: User) -> QuerySet[Partner]:
    """The organisations a person works at here: in the team, or by giving care. Workers and associations work elsewhere."""
    places = Membership.objects.filter(user=user).exclude(role=TeamRole.WORKER)
    here = Partner.objects.filter(Q(memberships__in=places) | Q(providers__user=user))
    return here.exclude(organisation_type=OrganisationType.ASSOCIATION).order_by("pk").distinct()


def portal_of(user: User, chosen: UUID | None = None) -> Portal | None:
    """Return the portal a person works in, or None for everybody else.

    Who belongs to several works in the one they chose, else in the first. Read anew for every request: nothing of what
    somebody was yesterday opens anything today.
    """
    organisations = organisations_of(user)
    partner = organisations.filter(public_id=chosen).first() if chosen else None
    partner = partner or organisations.first()
    if partner is None:
        return None
    return Portal(partner=partner, role=role_at(user, partner) or TeamRole.CARER, user=user)
