"""Writing down that a guardian looked at bookings of a young person that they did not make themselves."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from marketplace.consent.enums import DataItem, Purpose, Reason
from marketplace.consent.services.looking import actor_label
from marketplace.core.audit.services import AccessNote, record_accesses

from ..models import Booking
from ..selectors.family_sight import FamilySight


def note_bookings_seen(bookings: Iterable[Booking], sight: FamilySight) -> None:
    """Write one note for each young person and kind of look. One's own data and one's own bookings need none."""
    looks: dict[tuple[UUID, DataItem, Reason], list[UUID]] = defaultdict(list)
    for booking in bookings:
        if booking.booked_by_id == sight.viewer.pk or sight.is_own(booking):
            continue
        for item in (DataItem.BOOKING, DataItem.BOOKING_DETAIL):
            decision = sight.seen.may_see(booking.child, item, booking.public_id)
            if decision:
                looks[booking.child.public_id, item, decision.reason].append(booking.public_id)
    if looks:
        record_accesses(
            AccessNote(
                actor=sight.viewer,
                subject_id=subject,
                items=[item.value],
                purpose=Purpose.GUARDIANSHIP,
                is_allowed=True,
                reason=reason,
                actor_label=actor_label(sight.seen, reason),
                records=records,
            )
            for (subject, item, reason), records in looks.items()
        )
