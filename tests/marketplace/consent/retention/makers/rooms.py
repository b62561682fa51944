"""What sessions in the consultation room leave behind."""

from datetime import datetime, timedelta

from catalog.consultations.models import Whereabouts
from tests import factories

from .made import Made, maker


@maker("session_whereabouts")
def _whereabouts(at: datetime) -> Made:
    parent = factories.make_parent()
    booking = factories.make_booking(booked_by=parent, starts_at=at - timedelta(minutes=50), mode="video")
    row = Whereabouts.objects.create(booking=booking, place="家里自己的房间", given_by=parent)
    return Made(row, parent.public_id)
