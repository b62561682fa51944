"""Who may stop what others offer, and who may speak against it."""

from typing import Any

from catalog.partner.enums import OrganisationType, TeamRole
from catalog.partner.models import Membership, Partner

from .models import Withholding

#: Who speaks for an association.
SPEAKERS = (TeamRole.MANAGER, TeamRole.CARER)


def may_decide_for(person: Any, body: Partner) -> bool:
    """Whether a person speaks for an association today: in its team, and it is one."""
    return (
        body.organisation_type == OrganisationType.ASSOCIATION
        and bool(person.is_active)
        and Membership.objects.filter(partner=body, user=person.pk, role__in=SPEAKERS).exists()
    )


def partner_of(withholding: Withholding) -> Partner | None:
    """Return the organisation that a decision is about, whose managers may appeal."""
    if withholding.partner is not None:
        return withholding.partner
    if withholding.provider is not None:
        return withholding.provider.partner
    return Partner.objects.filter(stockrecords__product=withholding.product).order_by("pk").first()


def may_appeal(person: Any, withholding: Withholding) -> bool:
    """Whether a person may appeal: a manager of the organisation, or the provider it is about."""
    if withholding.provider is not None and withholding.provider.user_id == person.pk:
        return True
    partner = partner_of(withholding)
    return (
        partner is not None
        and Membership.objects.filter(partner=partner, user=person.pk, role=TeamRole.MANAGER).exists()
    )
