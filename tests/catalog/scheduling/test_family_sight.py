"""What each of a family sees of a booking: by age, by who booked, and by what the young person shares."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.scheduling.models import Booking
from marketplace.accounts.enums import Role
from marketplace.consent.enums import DataItem, GranteeKind, Purpose
from marketplace.consent.services import grant_consent, revoke_consent
from marketplace.core.audit.models import AuditEvent
from marketplace.families.enums import GuardianshipScope
from marketplace.families.models import Guardianship
from marketplace.families.selectors import guardians_of
from marketplace.families.services import end_guardianship
from tests.factories import (
    make_booking,
    make_child,
    make_partner,
    make_provider,
    make_service,
    make_user,
    next_weekday,
    shanghai,
    signed_in,
)

pytestmark = pytest.mark.django_db

TITLE, PERSON, PLACE = "给考试睡不着的你", "周医生", "青禾示例机构"


def born(age: int) -> date:
    return date(timezone.localdate().year - age, 1, 1)


@pytest.fixture
def mother():
    return make_user(nickname="林女士")


@pytest.fixture
def father():
    return make_user(nickname="何先生")


def make_booked(mother, father, age, **guardianship) -> Booking:
    """A session that the mother booked; the father is a guardian too."""
    child = make_child(mother, nickname="小禾", born_on=born(age), account=make_user(role=Role.TEEN))
    Guardianship.objects.create(guardian=father, child=child, **guardianship)
    provider = make_provider(partner=make_partner(name=PLACE), name=PERSON)
    service = make_service(provider, product={"title": TITLE})
    return make_booking(service=service, child=child, booked_by=mother)


def pages_of(user, booking: Booking) -> str:
    """List and detail of the bookings, the start page and 我的, as one text; details only where the booking is found."""
    client = signed_in(user)
    paths = ["/bookings/", f"/bookings/{booking.public_id}/", "/", "/me/"]
    responses = [client.get(path) for path in paths]
    return "".join(response.content.decode() for response in responses if response.status_code == 200)


def test_below_fourteen_every_guardian_sees_what_it_is(mother, father):
    page = pages_of(father, make_booked(mother, father, 13))
    assert TITLE in page and PERSON in page


@pytest.mark.parametrize("age", [14, 15])
def test_from_fourteen_the_other_guardian_sees_when_and_where_not_what_or_with_whom(mother, father, age):
    page = pages_of(father, make_booked(mother, father, age))
    assert PLACE in page and "小禾" in page
    assert TITLE not in page and PERSON not in page


@pytest.mark.parametrize("age", [14, 17])
def test_who_booked_sees_what_they_booked(mother, father, age):
    page = pages_of(mother, make_booked(mother, father, age))
    assert TITLE in page and PERSON in page


@pytest.mark.parametrize("age", [16, 17])
def test_from_sixteen_the_other_guardian_sees_nothing_unasked(mother, father, age):
    booking = make_booked(mother, father, age)
    assert signed_in(father).get(f"/bookings/{booking.public_id}/").status_code == 404
    page = pages_of(father, booking)
    assert PLACE not in page and TITLE not in page


@pytest.mark.parametrize("age", [9, 15, 17, 18])
def test_the_young_person_sees_all_of_their_own(mother, father, age):
    booking = make_booked(mother, father, age)
    page = pages_of(booking.child.account, booking)
    assert TITLE in page and PERSON in page and "去付款" not in page


def test_a_young_person_moves_and_cancels_nothing_here(mother, father):
    booking = make_booked(mother, father, 15)
    client = signed_in(booking.child.account)
    assert client.get(f"/bookings/{booking.public_id}/move/").status_code == 404
    assert client.get(f"/bookings/{booking.public_id}/").content.decode().count("请帮你预约的家长来操作") == 1


def test_moving_would_show_with_whom(mother, father):
    booking = make_booked(mother, father, 15)
    assert signed_in(father).get(f"/bookings/{booking.public_id}/move/").status_code == 404
    assert signed_in(mother).get(f"/bookings/{booking.public_id}/move/").status_code == 200


def test_who_only_books_sees_no_titles_of_others(mother, father):
    page = pages_of(father, make_booked(mother, father, 9, scope=GuardianshipScope.BOOKING))
    assert PLACE in page and TITLE not in page and PERSON not in page


def test_nobody_else_sees_anything(mother, father):
    booking = make_booked(mother, father, 13)
    stranger = signed_in(make_user())
    for tail in ("", "move/", "calendar.ics"):
        assert stranger.get(f"/bookings/{booking.public_id}/{tail}").status_code == 404


def test_who_was_removed_sees_nothing_on_the_next_read(mother, father):
    booking = make_booked(mother, father, 13, invited_by=mother)
    client = signed_in(father)
    path = f"/bookings/{booking.public_id}/"
    assert client.get(path).status_code == 200
    end_guardianship(user=mother, public_id=guardians_of(booking.child).get(guardian=father).public_id)
    assert client.get(path).status_code == 404
    assert TITLE not in client.get("/bookings/").content.decode()


def test_at_eighteen_nobody_but_the_person_sees_it(mother, father):
    booking = make_booked(mother, father, 18)
    for guardian in (mother, father):
        assert signed_in(guardian).get(f"/bookings/{booking.public_id}/").status_code == 404


def test_one_shared_booking_is_seen_and_another_is_not(mother, father):
    booking = make_booked(mother, father, 17)
    other = make_booking(
        service=booking.service, child=booking.child, booked_by=mother, starts_at=shanghai(next_weekday(5), 14)
    )
    consent = grant_consent(
        child=booking.child,
        grantee_kind=GranteeKind.PERSON,
        grantee_id=father.public_id,
        grantee_label="何先生",
        items=[DataItem.BOOKING, DataItem.BOOKING_DETAIL],
        records=[booking.public_id],
        purpose=Purpose.GUARDIANSHIP,
        until=timezone.now() + timedelta(days=30),
        given_by=booking.child.account,
    )
    client = signed_in(father)
    assert TITLE in client.get(f"/bookings/{booking.public_id}/").content.decode()
    assert client.get(f"/bookings/{other.public_id}/").status_code == 404
    assert client.get("/bookings/").content.decode().count("<article") == 1
    revoke_consent(consent_id=consent.public_id, revoked_by=booking.child.account)
    assert client.get(f"/bookings/{booking.public_id}/").status_code == 404


def test_a_look_at_what_one_did_not_book_is_written_down(mother, father):
    booking = make_booked(mother, father, 15)
    pages = [signed_in(user) for user in (mother, booking.child.account, father)]
    for client in pages:
        client.get("/bookings/")
    event = AuditEvent.objects.get(purpose=Purpose.GUARDIANSHIP)
    assert (event.actor_id, event.subject_id) == (father.public_id, booking.child.public_id)
    assert event.items == [DataItem.BOOKING] and event.records == [booking.public_id]


def test_many_bookings_cost_no_more_queries(mother, father):
    booking = make_booked(mother, father, 15)
    client = signed_in(father)
    client.get("/bookings/")
    with CaptureQueriesContext(connection) as one:
        client.get("/bookings/")
    for hour in (12, 13, 14, 15, 16):
        make_booking(
            service=booking.service, child=booking.child, booked_by=mother, starts_at=shanghai(next_weekday(5), hour)
        )
    with CaptureQueriesContext(connection) as many:
        assert client.get("/bookings/").content.decode().count("<article") == 6
    assert len(many) == len(one)
