"""Somebody in danger: who may say so, what opens to whom, who is told, and that it is written down."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from catalog.consultations.errors import NoEmergencyHere, WhereaboutsClosed
from catalog.consultations.models import Emergency, Whereabouts
from catalog.consultations.selectors import given_whereabouts
from catalog.consultations.services import (
    alert_duty_again,
    give_whereabouts,
    open_sheet,
    raise_emergency,
    take_emergency,
)
from marketplace.accounts.enums import Duty
from marketplace.core.audit.enums import Outcome
from marketplace.core.audit.models import AuditEvent
from marketplace.notifications.models import Message
from tests import factories
from tests.factories.rooms import make_session

pytestmark = pytest.mark.django_db

GIVEN = {"place": "家里自己的房间", "contact_name": "舅舅", "contact_phone": "13900000001"}


def raised(booking, **fields) -> Emergency:
    return raise_emergency(booking_id=booking.public_id, raised_by=booking.occupancy.provider.user, **fields)


def test_the_provider_sees_what_was_left_for_this_case():
    booking = make_session()
    give_whereabouts(occupancy_id=booking.occupancy.public_id, given_by=booking.booked_by, **GIVEN)
    sheet = open_sheet(emergency=raised(booking), viewer=booking.occupancy.provider.user)
    guardian = booking.child.guardians.get()
    assert (sheet.known_as, sheet.place, sheet.closed) == (booking.child.nickname, GIVEN["place"], "")
    assert [(contact.name, contact.phone) for contact in sheet.contacts] == [
        ("舅舅", "13900000001"),
        (guardian.nickname, guardian.phone),
    ]
    assert {"120", "110", "12356"} <= {hotline.number for hotline in sheet.hotlines}
    looks = AuditEvent.objects.filter(subject_id=booking.child.public_id).order_by("pk")
    assert [(look.purpose, look.outcome, look.reason, look.items) for look in looks] == [
        ("safety", Outcome.ALLOWED, "emergency", ["contact"]),
        ("care", Outcome.ALLOWED, "service", ["profile", "contact"]),
    ]


def test_nobody_else_raises_or_sees_one():
    booking = make_session()
    emergency = raised(booking)
    colleague = factories.make_provider(
        partner=booking.occupancy.provider.partner, user=factories.make_user(role="practitioner")
    ).user
    for person in (booking.booked_by, colleague, factories.make_staff(duties=[Duty.SUPPORT])):
        with pytest.raises(NoEmergencyHere):
            raise_emergency(booking_id=booking.public_id, raised_by=person)
        with pytest.raises(NoEmergencyHere):
            open_sheet(emergency=emergency, viewer=person)
    assert not AuditEvent.objects.filter(subject_id=booking.child.public_id).exists()


@pytest.mark.parametrize(
    ("minutes", "opens"), [(-16, False), (-14, True), (50 + 119, True), (50 + 121, False)], ids=str
)
def test_it_is_for_the_time_around_a_session(minutes, opens):
    booking = make_session()
    at = booking.starts_at + timedelta(minutes=minutes)
    if opens:
        assert raised(booking, now=at)
    else:
        with pytest.raises(NoEmergencyHere):
            raised(booking, now=at)


def test_our_people_on_duty_are_told_once_in_neutral_words(django_capture_on_commit_callbacks):
    on_duty, off_duty = factories.make_staff(duties=[Duty.SAFETY]), factories.make_staff(duties=[])
    off_duty.duties = [Duty.SAFETY]
    off_duty.save()
    booking = make_session()
    emergency = raised(booking)
    assert raised(booking) == emergency
    told = Message.objects.filter(key__startswith="emergency:")
    assert {message.recipient for message in told} == {on_duty}
    for message in told:
        words = message.body + message.subject + message.url
        assert booking.child.nickname not in words and booking.service.product.title not in words
    assert told.first().url == reverse("backoffice:emergency", args=[emergency.public_id])


def test_where_nobody_is_on_duty_everybody_of_that_duty_is_told():
    sleeping = factories.make_staff(duties=[])
    sleeping.duties = [Duty.SAFETY]
    sleeping.save()
    raised(make_session())
    assert Message.objects.filter(key__startswith="emergency:", recipient=sleeping).exists()


def test_an_alarm_that_fails_takes_nothing_with_it_and_is_tried_again(monkeypatch):
    keeper = factories.make_staff(duties=[Duty.SAFETY])
    booking = make_session()
    give_whereabouts(occupancy_id=booking.occupancy.public_id, given_by=booking.booked_by, **GIVEN)

    def broken(**_message):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")

    monkeypatch.setattr("marketplace.safeguarding.services.notify", broken)
    client = factories.signed_in(booking.occupancy.provider.user)
    room = reverse("room:emergency", args=[booking.occupancy.public_id])
    html = client.post(room, {"booking": booking.public_id}).content.decode()
    emergency = Emergency.objects.get()
    assert emergency.alerted_at is None
    assert GIVEN["place"] in html and 'href="tel:120"' in html and 'href="tel:12356"' in html
    assert "还没有通知到值守的同事" in html
    assert not Message.objects.filter(key__startswith="emergency:").exists()

    assert alert_duty_again() == 0
    monkeypatch.undo()
    assert (alert_duty_again(), alert_duty_again()) == (1, 0)
    assert Message.objects.filter(key__startswith="emergency:", recipient=keeper).exists()
    assert "已经收到通知" in client.get(room).content.decode()


def test_numbers_to_call_stand_there_before_anything_is_pressed():
    booking = make_session()
    client = factories.signed_in(booking.occupancy.provider.user)
    for name in ("room:enter", "room:emergency"):
        html = client.get(reverse(name, args=[booking.occupancy.public_id])).content.decode()
        assert all(f'href="tel:{number}"' in html for number in ("120", "110", "12356"))


def test_somebody_on_duty_takes_it_on():
    first, second = (factories.make_staff(duties=[Duty.SAFETY]) for _ in range(2))
    emergency = raised(make_session())
    assert take_emergency(emergency_id=emergency.public_id, taken_by=first).taken_by == first
    assert take_emergency(emergency_id=emergency.public_id, taken_by=second).taken_by == first
    with pytest.raises(NoEmergencyHere):
        take_emergency(emergency_id=emergency.public_id, taken_by=factories.make_staff(duties=[Duty.FINANCE]))


def test_the_desk_shows_it_and_writes_the_look_down():
    keeper = factories.make_staff(duties=[Duty.SAFETY])
    booking = make_session()
    give_whereabouts(occupancy_id=booking.occupancy.public_id, given_by=booking.booked_by, **GIVEN)
    emergency = raised(booking)
    desk = factories.signed_in(keeper)
    listed = desk.get(reverse("backoffice:emergencies")).content.decode()
    assert "还没有人接" in listed and booking.child.nickname not in listed
    page = desk.get(reverse("backoffice:emergency", args=[emergency.public_id])).content.decode()
    assert GIVEN["place"] in page and "13900000001" in page
    assert AuditEvent.objects.filter(subject_id=booking.child.public_id, actor_id=keeper.public_id).exists()
    desk.post(reverse("backoffice:emergency_take", args=[emergency.public_id]))
    emergency.refresh_from_db()
    assert emergency.taken_by == keeper


def test_the_list_costs_the_same_however_long(django_assert_max_num_queries, django_assert_num_queries):
    desk = factories.signed_in(factories.make_staff(duties=[Duty.SAFETY]))
    raised(make_session())
    desk.get(reverse("backoffice:emergencies"))
    with django_assert_max_num_queries(30) as one:
        desk.get(reverse("backoffice:emergencies"))
    raised(make_session())
    raised(make_session())
    with django_assert_num_queries(len(one)):
        desk.get(reverse("backoffice:emergencies"))


def test_whereabouts_are_changed_and_taken_back_by_whoever_comes():
    booking = make_session()
    room = booking.occupancy.public_id
    give_whereabouts(occupancy_id=room, given_by=booking.booked_by, **GIVEN)
    give_whereabouts(occupancy_id=room, given_by=booking.booked_by, **GIVEN | {"place": " 学校宿舍 "})
    assert given_whereabouts(booking.booked_by, room).place == "学校宿舍"
    assert given_whereabouts(booking.occupancy.provider.user, room) is None
    give_whereabouts(occupancy_id=room, given_by=booking.booked_by, place="", contact_name=" ", contact_phone="")
    assert not Whereabouts.objects.exists()


def test_whereabouts_are_not_for_strangers_or_for_later():
    booking = make_session()
    room = booking.occupancy.public_id
    for person, now in (
        (factories.make_parent(), timezone.now()),
        (booking.occupancy.provider.user, timezone.now()),
        (booking.booked_by, booking.ends_at + timedelta(minutes=30)),
    ):
        with pytest.raises(WhereaboutsClosed):
            give_whereabouts(occupancy_id=room, given_by=person, now=now, **GIVEN)
