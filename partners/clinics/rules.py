"""Who may do what in the portal: a partner's people see all of it, a practitioner sees their own time."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from catalog.partner.models import Partner
from catalog.scheduling.models import Provider
from marketplace.accounts.models import User


@dataclass(frozen=True)
class Portal:
    """One person's view of one partner."""

    partner: Partner
    is_manager: bool
    user: User

    def providers(self) -> QuerySet[Provider]:
        """The providers whose time this person may see and change, in a stable order."""
        providers = Provider.objects.filter(partner=self.partner)
        return providers if self.is_manager else providers.filter(user=self.user)


def portal_of(user: User) -> Portal | None:
    """Return the portal a person works in, or None for everybody else.

    Who belongs to several partners works in the first; switching comes with team roles.
    """
    partner = Partner.objects.filter(Q(users=user) | Q(providers__user=user)).order_by("pk").first()
    if partner is None:
        return None
    return Portal(partner=partner, is_manager=partner.users.filter(pk=user.pk).exists(), user=user)
