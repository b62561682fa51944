"""What happens to bookings reaches whoever is in their rooms."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone

from catalog.scheduling.models import Booking
from catalog.scheduling.signals import booking_ended, booking_moved

from .models import Encounter
from .rules import CLOSES_AFTER, OPENS_BEFORE, room_group

#: Nobody is in a room at any other time.
_AROUND = timedelta(days=1)


@receiver([booking_ended, booking_moved])
def look_again_in_room(sender: type[Booking], booking: Booking, **kwargs: Any) -> None:
    """Let everybody in a booking's room be asked again whether they may be there, once it is written."""
    now = timezone.now()
    is_near = booking.starts_at - OPENS_BEFORE - _AROUND <= now < booking.ends_at + CLOSES_AFTER + _AROUND
    if is_near and Encounter.objects.filter(occupancy=booking.occupancy_id).exists():
        occupancy_id = booking.occupancy.public_id
        transaction.on_commit(lambda: knock(occupancy_id), robust=True)


def knock(occupancy_id: UUID) -> None:
    """Let everybody in a room be asked again whether they may be there."""
    layer = get_channel_layer()
    async_to_sync(layer.group_send)(room_group(occupancy_id), {"type": "room.check"})
