"""Who may come as whom; what is shown of a way in; who took part."""

import base64
import hashlib
import hmac
from datetime import timedelta

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from catalog.consultations.enums import EncounterStatus
from catalog.consultations.errors import RoomNotFound
from catalog.consultations.ice import ice_servers
from catalog.consultations.models import Encounter, Visit
from catalog.consultations.selectors import arrivals_of, entry_of, open_entry_of, room_of
from catalog.consultations.services import admit_visit, close_over_sessions, come_to_room, end_session
from catalog.scheduling.enums import Attendee, BookingStatus, Mode
from catalog.scheduling.models import Booking
from marketplace.families.ages import latest_birth_of_age
from tests import factories
from tests.factories.rooms import make_group_session, make_member, make_session

pytestmark = pytest.mark.django_db


def comes(person, booking) -> bool:
    try:
        open_entry_of(person, booking.occupancy.public_id)
    except RoomNotFound:
        return False
    return True


def booked_for_child_of(age: int, *, with_account: bool, **fields) -> tuple[object, Booking]:
    """A mother and what she booked for her child of an age."""
    mother = factories.make_parent(children=0)
    born_on = latest_birth_of_age(age, timezone.localdate())
    if with_account:
        child = factories.make_teen(mother, born_on=born_on).young_profile
    else:
        child = factories.make_child(mother, born_on=born_on)
    return mother, make_session(child=child, booked_by=mother, **fields)


@pytest.mark.parametrize(
    ("age", "with_account", "guardian_comes"),
    [(7, False, True), (12, True, True), (13, True, True), (14, True, False), (17, True, False), (16, False, True)],
)
def test_a_guardian_opens_the_room_only_for_a_child_who_cannot(age, with_account, guardian_comes):
    mother, booking = booked_for_child_of(age, with_account=with_account)
    assert comes(mother, booking) is guardian_comes
    if with_account:
        assert comes(booking.child.account, booking)


def test_the_guardians_place_is_for_a_guardian_alone():
    mother, booking = booked_for_child_of(15, with_account=True, attendee=Attendee.GUARDIAN)
    assert comes(mother, booking) and not comes(booking.child.account, booking)


def test_another_guardian_comes_where_they_may_know_of_the_booking():
    _mother, booking = booked_for_child_of(12, with_account=False)
    father, stranger = factories.make_parent(children=0), factories.make_parent()
    booking.child.guardianships.create(guardian=father, relation="father")
    assert comes(father, booking) and not comes(stranger, booking)
    _, older = booked_for_child_of(16, with_account=False)
    older.child.guardianships.create(guardian=father, relation="father")
    assert not comes(father, older)


def test_one_screen_may_hold_two_children_of_a_family():
    occupancy, mother = make_group_session(), factories.make_parent(children=2)
    bookings = [
        factories.make_booking(occupancy=occupancy, child=child, booked_by=mother, mode=Mode.VIDEO)
        for child in mother.children.all()
    ]
    visit = come_to_room(occupancy_id=occupancy.public_id, person=mother)
    assert set(visit.bookings.all()) == set(bookings)


def test_the_way_in_is_shown_before_and_while_it_is_open():
    booking = make_session(starts_at=timezone.now() + timedelta(hours=2))
    entry = room_of(booking.booked_by, booking)
    assert entry and not entry.is_open(timezone.now())
    assert entry.is_open(booking.starts_at - timedelta(minutes=15))
    assert entry.is_open(booking.ends_at + timedelta(minutes=29))
    assert room_of(booking.booked_by, booking, now=booking.ends_at + timedelta(minutes=30)) is None
    assert room_of(booking.occupancy.provider.user, booking)
    assert room_of(booking.child.guardians.get(), booking) is None
    for change in ({"status": BookingStatus.CANCELLED}, {"mode": Mode.IN_PERSON}):
        other = make_session()
        for name, value in change.items():
            setattr(other, name, value)
        assert room_of(other.booked_by, other) is None


def test_the_join_button_costs_one_query_for_a_page(django_assert_num_queries):
    bookings = [make_session(starts_at=timezone.now() + timedelta(days=day)) for day in range(1, 4)]
    request = RequestFactory().get("/")
    request.user = bookings[0].booked_by
    template = Template("{% load room %}{% for booking in bookings %}{% join_button booking %}{% endfor %}")
    with django_assert_num_queries(1):
        shown = template.render(Context({"request": request, "bookings": bookings}))
    assert shown.count("打开") == 1


def test_who_came_suggests_who_took_part():
    booking, missed = make_session(), make_session()
    began = timezone.now()
    provider = booking.occupancy.provider.user
    room = booking.occupancy.public_id
    come_to_room(occupancy_id=room, person=provider, now=began)
    visit = come_to_room(occupancy_id=room, person=booking.booked_by, now=began)
    assert Encounter.objects.get().status == EncounterStatus.ARRIVED
    admit_visit(visit_id=visit.public_id, now=began + timedelta(minutes=1))
    end_session(occupancy_id=room, now=began + timedelta(minutes=50))
    arrival = arrivals_of([booking, missed])[booking.pk]
    assert arrival.arrived_at == began
    assert arrival.admitted_at == began + timedelta(minutes=1)
    assert arrival.left_at == began + timedelta(minutes=50)
    assert missed.pk not in arrivals_of([booking, missed])


def test_sessions_nobody_ended_are_closed_afterwards():
    met, waited = make_session(), make_session()
    for booking in (met, waited):
        visit = come_to_room(occupancy_id=booking.occupancy.public_id, person=booking.booked_by)
        if booking is met:
            admit_visit(visit_id=visit.public_id)
    assert close_over_sessions(now=met.ends_at + timedelta(minutes=29)) == 0
    assert close_over_sessions(now=max(met.ends_at, waited.ends_at) + timedelta(minutes=31)) == 2
    assert Encounter.objects.get(occupancy=met.occupancy).status == EncounterStatus.FINISHED
    assert Encounter.objects.get(occupancy=waited.occupancy).status == EncounterStatus.CANCELLED
    assert not Visit.objects.filter(left_at=None).exists()


def test_a_room_of_nobody_is_not_found():
    occupancy = make_group_session()
    assert entry_of(make_member(occupancy).booked_by, occupancy.public_id)
    with pytest.raises(RoomNotFound):
        entry_of(factories.make_staff(), occupancy.public_id)


def test_relay_passwords_end_and_name_nobody(settings):
    assert ice_servers("visit") == []
    settings.STUN_URLS = ["stun:turn.example:3478"]
    settings.TURN_URLS, settings.TURN_SECRET = ["turn:turn.example:3478"], "shared with coturn"
    stun, turn = ice_servers("visit-1", now=1_800_000_000)
    assert stun == {"urls": ["stun:turn.example:3478"]}
    assert turn["username"] == f"{1_800_000_000 + 6 * 3600}:visit-1"
    mac = hmac.new(b"shared with coturn", turn["username"].encode(), hashlib.sha1).digest()
    assert base64.b64decode(turn["credential"]) == mac
