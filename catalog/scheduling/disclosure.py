"""What bookings tell the door of consent: who acts for which organisation, and whom they serve.

A booking opens to those who give it what it needs and no more: from the moment it is made until half a year after it
ended (D5), and the way to reach the family only around the session.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from catalog.partner.enums import OrganisationType
from catalog.partner.models import Partner
from marketplace.accounts.models import User
from marketplace.consent.enums import Affiliation, DataItem

from .enums import BookingStatus
from .models import Booking

KEEPS_OPEN = timedelta(days=183)
CONTACT_AFTER = timedelta(days=7)

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


def _affiliation(by_type: dict[OrganisationType, Affiliation], otherwise: Affiliation) -> Case:
    cases = [When(organisation_type=kind, then=Value(affiliation.value)) for kind, affiliation in by_type.items()]
    return Case(*cases, default=Value(otherwise.value), output_field=CharField())


def carers(viewer: User) -> QuerySet[Any, tuple[Any, ...]]:
    """The organisation at which a person gives care."""
    return (
        Partner.objects.filter(providers__user_id=viewer.pk)
        .annotate(affiliation=_affiliation(_CARERS, Affiliation.PRACTITIONER))
        .order_by()
        .values_list("public_id", "affiliation", "name")
    )


def staff(viewer: User) -> QuerySet[Any, tuple[Any, ...]]:
    """The organisations a person works for otherwise."""
    return (
        Partner.objects.filter(users=viewer.pk)
        .annotate(affiliation=_affiliation(_STAFF, Affiliation.CLINIC_STAFF))
        .order_by()
        .values_list("public_id", "affiliation", "name")
    )


def _items(*items: DataItem) -> Value:
    return Value([item.value for item in items], output_field=ArrayField(CharField()))


def served(viewer: User, child_ids: Sequence[int], now: datetime) -> QuerySet[Any, tuple[Any, ...]]:
    """The children's bookings with the viewer, or with an organisation the viewer works for."""
    needed = (DataItem.PROFILE, DataItem.BOOKING, DataItem.BOOKING_DETAIL)
    reachable = Case(
        When(occupancy__ends_at__gt=now - CONTACT_AFTER, then=_items(*needed, DataItem.CONTACT)),
        default=_items(*needed),
    )
    mine = Q(occupancy__provider__user_id=viewer.pk)
    ours = Q(occupancy__provider__partner__in=Partner.objects.filter(users=viewer.pk).order_by().values("pk"))
    return (
        Booking.objects.filter(mine | ours, child_id__in=child_ids, occupancy__ends_at__gt=now - KEEPS_OPEN)
        .exclude(status=BookingStatus.CANCELLED)
        .exclude(status=BookingStatus.PENDING, held_until__lte=now)
        .annotate(items=reachable, organisation_id=F("occupancy__provider__partner__public_id"))
        .order_by()
        .values_list("child_id", "public_id", "organisation_id", "items")
    )
