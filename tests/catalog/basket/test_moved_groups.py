"""A group that was moved after a family opened its page: nobody is put into a time they did not choose."""

from datetime import timedelta

import pytest
from django.urls import reverse

from catalog.scheduling.errors import SlotTaken
from catalog.scheduling.models import Booking, Occupancy
from catalog.scheduling.services import hold_seat, move_session
from tests import factories

pytestmark = pytest.mark.django_db
TEN = factories.shanghai(factories.next_weekday(5, weeks=1), 10)
LATER = TEN + timedelta(hours=4)


@pytest.fixture
def group():
    service = factories.make_group_service(modes=["video"], admits_guardian=True)
    session = factories.make_group_occupancy(service, starts_at=TEN, seats=4)
    seen = Occupancy.objects.select_related("service__product").get(pk=session.pk)
    move_session(occupancy_id=session.pk, starts_at=LATER, moved_by=factories.make_staff())
    return seen


@pytest.fixture
def parent():
    return factories.make_parent()


def test_a_seat_is_kept_at_the_time_that_was_seen_or_not_at_all(group, parent):
    seat = {"child": parent.children.get(), "mode": "video", "booked_by": parent}
    with pytest.raises(SlotTaken) as refused:
        hold_seat(occupancy=group, **seat)
    assert [slot.starts_at for slot in refused.value.alternatives] == [LATER]
    group.refresh_from_db()
    assert hold_seat(occupancy=group, **seat).starts_at == LATER


@pytest.mark.parametrize(("page", "fields"), [("choose", {}), ("together", {"with_guardian": "on"})])
def test_the_page_says_so_and_shows_the_new_time(group, parent, page, fields):
    child = str(parent.children.get().public_id)
    query = {"service": group.service_id, "start": TEN.isoformat(), "occupancy": str(group.public_id)}
    fields = {"child": child, "children": [child], "mode": "video"} | fields
    answer = factories.signed_in(parent).post(reverse(f"basket:{page}", query=query), fields)
    assert answer.status_code == 409
    assert [slot.starts_at for slot, _ in answer.context["others"]] == [LATER]
    assert not Booking.objects.exists()


def test_an_address_without_a_time_means_the_session_as_it_is(group, parent):
    query = {"service": group.service_id, "occupancy": str(group.public_id)}
    fields = {"child": str(parent.children.get().public_id), "mode": "video"}
    answer = factories.signed_in(parent).post(reverse("basket:choose", query=query), fields)
    assert answer.status_code == 302
    assert Booking.objects.get().starts_at == LATER
