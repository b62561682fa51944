"""What emergencies in sessions tell the door of consent: to whom opens what a family left for this case, and how long."""

from collections.abc import Sequence
from datetime import datetime

from marketplace.accounts.enums import Role
from marketplace.accounts.models import User
from marketplace.consent.enums import DataItem
from marketplace.consent.registry import Source, register_emergency_relations

from .rules import SHEET_OPEN_FOR

_ENDANGERED = """
SELECT booking.child_id, %s::text[]
FROM consultations_emergency emergency
JOIN scheduling_booking booking ON booking.id = emergency.booking_id
JOIN scheduling_occupancy occupancy ON occupancy.id = booking.occupancy_id
JOIN scheduling_provider provider ON provider.id = occupancy.provider_id
WHERE booking.child_id = ANY(%s) AND booking.status <> 'cancelled'
  AND emergency.raised_at <= %s AND emergency.raised_at > %s
  AND (%s::boolean OR (provider.user_id = %s AND emergency.raised_by_id = %s))
"""


def endangered(viewer: User, child_ids: Sequence[int], now: datetime) -> Source:
    """The children in whose sessions an emergency was raised within a day: by the viewer as provider; for our staff, by anybody."""
    items = [DataItem.CONTACT.value]
    is_staff = viewer.role == Role.STAFF
    return _ENDANGERED, [items, list(child_ids), now, now - SHEET_OPEN_FOR, is_staff, viewer.pk, viewer.pk]


def register_disclosure() -> None:
    """Tell the door of consent."""
    register_emergency_relations(endangered)
