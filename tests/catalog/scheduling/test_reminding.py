"""Reminders: when, to whom, in what words, and once."""

from datetime import timedelta
from uuid import uuid4

import pytest

from catalog.scheduling.enums import BookingStatus
from catalog.scheduling.models import Booking
from catalog.scheduling.services import move_booking, send_due_reminders
from catalog.scheduling.tasks import release_expired_holds
from catalog.scheduling.tasks import send_due_reminders as reminders_task
from marketplace.notifications.models import Message
from tests.factories import make_booking, make_parent, next_weekday, shanghai

pytestmark = pytest.mark.django_db
SATURDAY = next_weekday(5, weeks=1)
TEN = shanghai(SATURDAY, 10)


@pytest.fixture
def booking():
    return make_booking(starts_at=TEN, created_at=TEN - timedelta(days=5))


def reminded(hours_before):
    return send_due_reminders(now=TEN - timedelta(hours=hours_before))


def test_a_day_and_an_hour_before_and_each_once(booking):
    sent = [reminded(hours) for hours in (25, 24, 24, 5, 1, 1, 0.5, 0, -1)]
    assert sent == [0, 1, 0, 0, 1, 0, 0, 0, 0]


def test_a_beat_that_was_away_still_reminds_within_the_hour_but_never_twice_at_once(booking):
    assert reminded(0.5) == 1
    assert Booking.objects.get(pk=booking.pk).reminded_day_at is None


def test_what_was_booked_at_short_notice_is_not_reminded_at_once():
    make_booking(starts_at=TEN, created_at=TEN - timedelta(hours=3))
    assert [reminded(2.9), reminded(0.9)] == [0, 1]


def test_a_moved_booking_is_reminded_anew(booking):
    assert reminded(24) == 1
    later = shanghai(SATURDAY, 16)
    move_booking(booking_id=booking.pk, starts_at=later, moved_by=booking.booked_by, now=TEN - timedelta(hours=24))
    assert send_due_reminders(now=later - timedelta(hours=20)) == 1
    assert Message.objects.values("key").distinct().count() == Message.objects.count()


@pytest.mark.parametrize("status", sorted(set(BookingStatus) - {BookingStatus.BOOKED}))
def test_only_what_is_booked_is_reminded_of(status):
    make_booking(starts_at=TEN, status=status, created_at=TEN - timedelta(days=5))
    assert reminded(20) == 0


def test_the_words_are_fit_for_a_locked_screen(booking):
    reminded(24)
    messages = Message.objects.filter(recipient=booking.booked_by)
    assert messages
    for message in messages:
        said = message.subject + message.body + message.url
        assert "10:00" in message.body
        for secret in (booking.service.product.title, booking.child.nickname, booking.occupancy.provider.name):
            assert secret not in said


def test_the_beat_runs_them(booking):
    reminders_task()
    release_expired_holds()


def test_who_comes_together_is_reminded_once():
    parent, together = make_parent(children=2), uuid4()
    for child in parent.children.all():
        make_booking(
            child=child, booked_by=parent, together_id=together, created_at=TEN - timedelta(days=5), starts_at=TEN
        )
    send_due_reminders(now=TEN - timedelta(hours=23))
    assert Message.objects.filter(recipient=parent, channel="in_app").count() == 1
