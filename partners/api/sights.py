"""What a key may see of each booking and parcel: asked of consent's door for whoever made the key, and written down."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from catalog.fulfilment.models import Shipment
from catalog.scheduling.models import Booking
from marketplace.consent.enums import Affiliation, DataItem, Purpose, Reason
from marketplace.consent.services import look
from marketplace.core.audit.services import AccessNote, record_accesses
from marketplace.core.labels import kept_label
from marketplace.families.models import Child

from .enums import Scope
from .models import ApiKey


@dataclass(frozen=True, slots=True)
class Sight:
    """What may be said of one booking."""

    booking: Booking
    detail: bool
    who: bool


def seen_bookings(key: ApiKey, bookings: Collection[Booking], *, with_clients: bool | None = None) -> list[Sight]:
    """Return the bookings that may be said at all, with how much of each; two queries for any number.

    Names are asked for only where the key may read them: who does not need to know does not look.
    """
    asks_who = Scope.CLIENTS_READ in key.scopes if with_clients is None else with_clients
    items = (DataItem.BOOKING, DataItem.BOOKING_DETAIL, *((DataItem.PROFILE,) if asks_who else ()))
    records: dict[Child, list[UUID]] = {}
    for booking in bookings:
        records.setdefault(booking.child, []).append(booking.public_id)
    seen = look(viewer=key.made_by, children=records.keys(), items=items, purpose=Purpose.CARE, records=records)
    return [
        Sight(
            booking,
            detail=bool(seen.may_see(booking.child, DataItem.BOOKING_DETAIL, booking.public_id)),
            who=asks_who and bool(seen.may_see(booking.child, DataItem.PROFILE, booking.public_id)),
        )
        for booking in bookings
        if seen.may_see(booking.child, DataItem.BOOKING, booking.public_id)
    ]


def write_down_address(key: ApiKey, shipment: Shipment) -> None:
    """Write down that a program read where a parcel goes."""
    if shipment.order.user is None:
        return
    record_accesses(
        [
            AccessNote(
                actor=key.made_by,
                subject_id=shipment.order.user.public_id,
                items=[DataItem.CONTACT],
                purpose=Purpose.CARE,
                reason=Reason.SERVICE,
                actor_label=kept_label(key.partner.name, Affiliation.CLINIC_STAFF.label),
                records=[shipment.public_id],
            )
        ]
    )
