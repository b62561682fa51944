"""Tidying up holds that have ended. Nothing depends on it being on time: whoever books releases them too."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ..enums import BookingStatus
from ..locks import lock_provider
from ..models import Booking
from ..retry import retried
from .places import release_expired_holds_of


def expire_holds(*, now: datetime | None = None) -> int:
    """Release every hold that has ended, one provider at a time; return how many."""
    now = now or timezone.now()
    ended = Booking.objects.filter(status=BookingStatus.PENDING, held_until__lte=now)
    provider_ids = ended.order_by().values_list("occupancy__provider_id", flat=True).distinct()
    return sum(_expire_holds_of(provider_id, now) for provider_id in sorted(provider_ids))


@retried
@transaction.atomic(durable=True)
def _expire_holds_of(provider_id: int, now: datetime) -> int:
    lock_provider(provider_id)
    return release_expired_holds_of(provider_id, now=now)
