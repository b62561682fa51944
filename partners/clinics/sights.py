"""What the portal's people may see of each booking: asked of consent's door, once for a page, and written down."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from catalog.fulfilment.models import Shipment
from catalog.returns.models import ReturnRequest
from catalog.scheduling.models import Booking, Occupancy
from catalog.waitlist.models import WaitlistEntry
from marketplace.consent.decisions import Decision
from marketplace.consent.enums import Affiliation, DataItem, Purpose, Reason
from marketplace.consent.services import look
from marketplace.core.audit.services import AccessNote, record_accesses
from marketplace.core.labels import kept_label
from marketplace.families.models import Child

from .rules import Portal

#: What a day's list shows; the week's grid shows less.
DAY_ITEMS = (DataItem.PROFILE, DataItem.BOOKING, DataItem.BOOKING_DETAIL, DataItem.CONTACT)
WEEK_ITEMS = (DataItem.PROFILE, DataItem.BOOKING)


@dataclass(frozen=True)
class Sight:
    """What may be seen of one booking; each answer knows its reason."""

    who: Decision
    when: Decision
    detail: Decision
    contact: Decision


def look_at_bookings(portal: Portal, bookings: Collection[Booking], items: Collection[DataItem] = DAY_ITEMS) -> None:
    """Give every booking its `sight`, and write down that the page was looked at; two queries for any number."""
    records: dict[Child, list[UUID]] = {}
    for booking in bookings:
        records.setdefault(booking.child, []).append(booking.public_id)
    seen = look(viewer=portal.user, children=records.keys(), items=items, purpose=Purpose.CARE, records=records)
    for booking in bookings:
        answers = [seen.may_see(booking.child, item, booking.public_id) for item in DAY_ITEMS]
        booking.sight = Sight(*answers)  # type: ignore[attr-defined]


def look_at_waiting(portal: Portal, entries: Collection[WaitlistEntry]) -> dict[int, Decision]:
    """Return, by child's pk, whether the portal may know who waits, and write the looks down; two queries for any number.

    Whoever never had a booking here waits without a name, unless their family shows it.
    """
    children = {child.pk: child for entry in entries for child in entry.children.all()}
    seen = look(viewer=portal.user, children=children.values(), items=(DataItem.PROFILE,), purpose=Purpose.CARE)
    return {pk: seen.may_see(child, DataItem.PROFILE) for pk, child in children.items()}


def places_of(occupancies: Iterable[Occupancy]) -> list[Booking]:
    """Return the bookings in force of some sessions, as `selectors.occupancies_between` loads them."""
    return [booking for occupancy in occupancies for booking in occupancy.places]  # type: ignore[attr-defined]


def write_down_parcels(portal: Portal, shipments: Iterable[Shipment]) -> None:
    """Write down that the page showed where these parcels go: one INSERT."""
    record_accesses(
        AccessNote(
            actor=portal.user,
            subject_id=shipment.order.user.public_id,
            items=[DataItem.CONTACT],
            purpose=Purpose.CARE,
            reason=Reason.SERVICE,
            actor_label=kept_label(portal.partner.name, Affiliation.CLINIC_STAFF.label),
            records=[shipment.public_id],
        )
        for shipment in shipments
        if shipment.order.user is not None
    )


def write_down_returns(portal: Portal, returns: Iterable[ReturnRequest]) -> None:
    """Write down that the page showed what families wrote about what they send back: one INSERT."""
    record_accesses(
        AccessNote(
            actor=portal.user,
            subject_id=request.asked_by.public_id,
            items=[DataItem.BILL],
            purpose=Purpose.CARE,
            reason=Reason.SERVICE,
            actor_label=kept_label(portal.partner.name, Affiliation.CLINIC_STAFF.label),
            records=[request.public_id],
        )
        for request in returns
    )
