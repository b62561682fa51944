"""Who came to a community's activity, and parcels it brought."""

from datetime import datetime

from catalog.delivery.enums import TaskState
from catalog.delivery.models import DeliveryTask
from tests.factories import make_user
from tests.factories.communities import make_activity, make_community, make_parcel, make_sign_up

from .made import DAY, HOUR, Made, maker


@maker("activity_sign_ups")
def _sign_up(at: datetime) -> Made:
    person = make_user()
    activity = make_activity(starts_at=at - HOUR, ends_at=at, published_at=at - 9 * DAY)
    return Made(make_sign_up(activity, person, asked_at=at - 5 * DAY), person.public_id)


@maker("deliveries")
def _visit(at: datetime) -> Made:
    family = make_user()
    row = DeliveryTask.objects.create(
        shipment=make_parcel(family),
        community=make_community(),
        asked_by=family,
        language="普通话",
        visit_on=at.date(),
        day_part="morning",
        code="123456",
        state=TaskState.CANCELLED,
        asked_at=at - 5 * DAY,
        ended_at=at,
    )
    return Made(row, family.public_id)
