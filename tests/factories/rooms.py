from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from catalog.scheduling.enums import BookingStatus, Mode
from catalog.scheduling.models import Booking, HealthcareService, Occupancy
from marketplace.accounts.enums import Role

from .catalogue import make_group_service, make_service
from .partners import make_provider
from .people import make_parent, make_teen, make_user
from .scheduling import make_booking, make_group_occupancy

SOON = timedelta(minutes=5)


def make_remote_service(**fields: Any) -> HealthcareService:
    """A service by video, voice or text, given by a provider with an account."""
    provider = make_provider(user=make_user(role=Role.PRACTITIONER))
    return make_service(provider, modes=[Mode.VIDEO.value, Mode.PHONE.value, Mode.TEXT.value], **fields)


def make_session(*, starts_at: datetime | None = None, **fields: Any) -> Booking:
    """A booked session by video of a teen with an account, in five minutes; its provider has an account."""
    if "child" not in fields and "booked_by" not in fields:
        teen = make_teen(make_parent(children=0))
        fields |= {"child": teen.young_profile, "booked_by": teen}
    fields.setdefault("service", make_remote_service())
    fields.setdefault("mode", Mode.VIDEO)
    booking = make_booking(starts_at=starts_at or timezone.now() + SOON, **fields)
    return Booking.objects.select_related("occupancy__provider__user", "child__account", "booked_by").get(pk=booking.pk)


def make_group_session(*, seats: int = 8, starts_at: datetime | None = None) -> Occupancy:
    """A group by video in five minutes, nobody booked yet; its provider has an account."""
    provider = make_provider(user=make_user(role=Role.PRACTITIONER))
    service = make_group_service(provider, modes=[Mode.VIDEO.value])
    return make_group_occupancy(service, starts_at=starts_at or timezone.now() + SOON, seats=seats)


def make_member(occupancy: Occupancy) -> Booking:
    """A teen's seat in a group."""
    teen = make_teen()
    return make_booking(
        occupancy=occupancy, child=teen.young_profile, booked_by=teen, status=BookingStatus.BOOKED, mode=Mode.VIDEO
    )
