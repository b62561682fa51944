"""EDU-09: a school's hotline and counselling room, kept by many teachers at once, on connections of their own."""

from datetime import timedelta

import pytest
from django.db import connection

from catalog.partner.enums import OrganisationType
from catalog.scheduling.enums import RoomKind
from catalog.scheduling.errors import RoomTaken
from catalog.scheduling.models import Occupancy
from catalog.scheduling.services import add_room, reserve_room
from tests.factories import make_location, make_partner, make_provider, next_weekday, shanghai

pytestmark = pytest.mark.django_db(transaction=True)
TEN = shanghai(next_weekday(5, weeks=1), 10)
RIVALS = 6


@pytest.fixture(params=RoomKind.values)
def thing(request, transactional_db):
    """A room or a line of a school."""
    school = make_partner(organisation_type=OrganisationType.SCHOOL)
    return add_room(location=make_location(school), name="热线 1", kind=request.param)


def rush(room, run_concurrently):
    """Everybody wants an hour that overlaps everybody else's."""
    teachers = [make_provider(partner=room.location.partner) for _ in range(RIVALS)]
    outcomes = run_concurrently(
        lambda n: reserve_room(
            room=room,
            provider=teachers[n],
            starts_at=TEN + timedelta(minutes=5 * n),
            ends_at=TEN + timedelta(minutes=60 + 5 * n),
        ),
        RIVALS,
    )
    assert all(outcome.error is None or isinstance(outcome.error, RoomTaken) for outcome in outcomes), outcomes
    return sum(outcome.error is None for outcome in outcomes)


def test_one_keeps_it_and_the_others_are_told(thing, run_concurrently):
    assert rush(thing, run_concurrently) == 1
    assert Occupancy.objects.filter(room=thing, is_live=True).count() == 1


def test_without_the_constraint_it_would_be_kept_twice(thing, run_concurrently):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE scheduling_occupancy DROP CONSTRAINT room_never_used_twice")
    assert rush(thing, run_concurrently) > 1
