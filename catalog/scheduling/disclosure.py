"""What bookings tell the door of consent: who acts for which organisation, and whom they serve.

A booking opens to those who give it what it needs and no more: from the moment it is made until half a year after it
ended (D5), and the way to reach the family only around the session.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from catalog.partner.enums import OrganisationType
from catalog.partner.models import Partner
from marketplace.accounts.models import User
from marketplace.consent.enums import Affiliation, DataItem, GranteeKind, Purpose
from marketplace.consent.registry import (
    Grantee,
    Source,
    register_grantees,
    register_memberships,
    register_service_relations,
)
from marketplace.consent.rules import shareable_with
from marketplace.families.models import Child

KEEPS_OPEN = timedelta(days=183)
CONTACT_AFTER = timedelta(days=7)

NEEDED = [DataItem.PROFILE.value, DataItem.BOOKING.value, DataItem.BOOKING_DETAIL.value]

#: What somebody who gives care there is, by the kind of organisation; and what its other people are.
_CARERS = {
    OrganisationType.HOSPITAL: Affiliation.DOCTOR,
    OrganisationType.SCHOOL: Affiliation.PSYCHOLOGY_TEACHER,
    OrganisationType.COMMUNITY: Affiliation.COMMUNITY_WORKER,
}
_STAFF = {
    OrganisationType.SCHOOL: Affiliation.SCHOOL_LEADER,
    OrganisationType.COMMUNITY: Affiliation.COMMUNITY_WORKER,
}


def _affiliation(by_type: dict[OrganisationType, Affiliation], otherwise: Affiliation) -> str:
    cases = " ".join(f"WHEN '{kind.value}' THEN '{affiliation.value}'" for kind, affiliation in by_type.items())
    return f"CASE partner.organisation_type {cases} ELSE '{otherwise.value}' END"


_MEMBERSHIPS = f"""
SELECT partner.public_id, {_affiliation(_CARERS, Affiliation.PRACTITIONER)}, partner.name
FROM scheduling_provider provider JOIN partner_partner partner ON partner.id = provider.partner_id
WHERE provider.user_id = %s
UNION SELECT partner.public_id, {_affiliation(_STAFF, Affiliation.CLINIC_STAFF)}, partner.name
FROM partner_partner_users works JOIN partner_partner partner ON partner.id = works.partner_id
WHERE works.user_id = %s
"""  # noqa: S608  (made of our own codes)

_SERVED = """
SELECT booking.child_id, booking.public_id, partner.public_id,
       CASE WHEN occupancy.ends_at > %s THEN %s::text[] ELSE %s::text[] END
FROM scheduling_booking booking
JOIN scheduling_occupancy occupancy ON occupancy.id = booking.occupancy_id
JOIN scheduling_provider provider ON provider.id = occupancy.provider_id
JOIN partner_partner partner ON partner.id = provider.partner_id
WHERE booking.child_id = ANY(%s) AND booking.status <> 'cancelled'
  AND (booking.status <> 'pending' OR booking.held_until > %s) AND occupancy.ends_at > %s
  AND (provider.user_id = %s
       OR provider.partner_id IN (SELECT works.partner_id FROM partner_partner_users works WHERE works.user_id = %s))
"""


def memberships(viewer: User) -> Source:
    """The organisations at which a person gives care or works otherwise."""
    return _MEMBERSHIPS, [viewer.pk, viewer.pk]


def served(viewer: User, child_ids: Sequence[int], now: datetime) -> Source:
    """The children's bookings with the viewer, or with an organisation the viewer works for."""
    reachable = [*NEEDED, DataItem.CONTACT.value]
    window = [now - CONTACT_AFTER, reachable, NEEDED]
    return _SERVED, [*window, list(child_ids), now, now - KEEPS_OPEN, viewer.pk, viewer.pk]


#: What people agree for, by the kind of organisation.
_PURPOSES = {
    OrganisationType.HOSPITAL: (Purpose.REFERRAL, Purpose.CARE),
    OrganisationType.SCHOOL: (Purpose.SCHOOL_SUPPORT,),
}


def organisations_of(child: Child) -> list[Grantee]:
    """The organisations a child has a booking with, and the hospitals: who a family may want to show something to."""
    booked = Q(providers__occupancies__bookings__child=child) & ~Q(providers__occupancies__bookings__status="cancelled")
    partners = Partner.objects.filter(booked | Q(organisation_type=OrganisationType.HOSPITAL)).distinct()
    return [_grantee(partner) for partner in partners.order_by("name")]


def _grantee(partner: Partner) -> Grantee:
    kind = OrganisationType(partner.organisation_type)
    carer = _CARERS.get(kind, Affiliation.PRACTITIONER)
    items = shareable_with(carer)
    if kind != OrganisationType.HOSPITAL:  # a hospital may know nothing yet; who has a booking sees these anyway
        items = tuple(item for item in items if item not in (*NEEDED, DataItem.CONTACT))
    purposes = _PURPOSES.get(kind, (Purpose.CARE,))
    return Grantee(GranteeKind.ORGANISATION, partner.public_id, partner.name, items, purposes)


def register_disclosure() -> None:
    """Tell the door of consent."""
    register_memberships(memberships)
    register_service_relations(served)
    register_grantees(organisations_of)
