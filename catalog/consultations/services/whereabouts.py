"""Where the young person will be during a session: given by whoever comes, opened in an emergency alone."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import User

from ..enums import Part
from ..errors import RoomRefusal, WhereaboutsClosed
from ..models import Whereabouts
from ..rules import OPENING_STATUSES
from ..selectors import entry_of


@transaction.atomic(durable=True)
def give_whereabouts(
    *,
    occupancy_id: UUID,
    given_by: User,
    place: str,
    contact_name: str,
    contact_phone: str,
    now: datetime | None = None,
) -> None:
    """Keep where the young person is during one session, and who can be there quickly; empty texts take it back.

    Raises:
        WhereaboutsClosed: the session is over, not booked, or not this person's to come to.
    """
    now = now or timezone.now()
    try:
        entry = entry_of(given_by, occupancy_id)
    except RoomRefusal:
        raise WhereaboutsClosed from None
    bookings = [each for each in entry.bookings if each.status in OPENING_STATUSES]
    if entry.part != Part.FAMILY or not bookings or now >= entry.closes_at:
        raise WhereaboutsClosed
    texts = {"place": place.strip(), "contact_name": contact_name.strip(), "contact_phone": contact_phone.strip()}
    if not any(texts.values()):
        Whereabouts.objects.filter(booking__in=bookings).delete()
        return
    for booking in bookings:
        Whereabouts.objects.update_or_create(booking=booking, defaults={**texts, "given_by": given_by, "given_at": now})
