"""Who works in which school, and what they may do there."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from catalog.partner.enums import OrganisationType, TeamRole
from catalog.partner.models import Membership, Partner
from marketplace.accounts.models import User

#: Who keeps a school's lists.
_LIST_KEEPERS = frozenset({TeamRole.MANAGER, TeamRole.DESK})


@dataclass(frozen=True)
class School:
    """One person's view of the school they work in."""

    partner: Partner
    role: str

    @property
    def may_keep_lists(self) -> bool:
        """Whether they see and bring lists of people."""
        return self.role in _LIST_KEEPERS


def school_of(user: User, chosen: UUID | None = None) -> School | None:
    """Return the school somebody works in, or None for everybody else.

    Who works in several is in the one they chose, else where they came first.
    """
    found = Membership.objects.filter(user=user, partner__organisation_type=OrganisationType.SCHOOL)
    found = found.select_related("partner").order_by("joined_at", "pk")
    membership = (found.filter(partner__public_id=chosen).first() if chosen else None) or found.first()
    return School(membership.partner, membership.role) if membership else None


def start_page(user: User) -> str | None:
    """Where whoever works in schools alone begins; others begin where they did."""
    kinds = set(Membership.objects.filter(user=user).values_list("partner__organisation_type", flat=True))
    return reverse("schools:home") if kinds == {OrganisationType.SCHOOL} else None
