"""Seats, the door, and what people thought."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.notifications.models import Message
from partners.communities import services
from partners.communities.errors import (
    AlreadySignedUp,
    Full,
    NotSignedUp,
    NotThereYet,
    SignUpClosed,
    TooEarly,
)
from partners.communities.models import Activity, Answer
from partners.communities.selectors import opinion_of
from tests.factories import make_user
from tests.factories.communities import make_activity, make_sign_up

pytestmark = pytest.mark.django_db


def test_who_signs_up_gets_a_number_and_seats():
    activity = make_activity()
    mine = services.sign_up(activity=activity, person=make_user(), seats=3)
    activity.refresh_from_db()
    assert activity.taken == 3
    assert len(mine.number) == 6


def test_nobody_gets_a_seat_that_is_not_there():
    activity = make_activity(capacity=3)
    services.sign_up(activity=activity, person=make_user(), seats=2)
    with pytest.raises(Full):
        services.sign_up(activity=activity, person=make_user(), seats=2)
    services.sign_up(activity=activity, person=make_user())
    activity.refresh_from_db()
    assert activity.taken == 3


def test_one_sign_up_each_and_the_refused_one_takes_no_seats():
    activity, person = make_activity(), make_user()
    services.sign_up(activity=activity, person=person)
    with pytest.raises(AlreadySignedUp):
        services.sign_up(activity=activity, person=person, seats=4)
    activity.refresh_from_db()
    assert activity.taken == 1


@pytest.mark.parametrize("fields", [{"state": "draft"}, {"starts_at": timezone.now() - timedelta(minutes=1)}])
def test_drafts_and_what_has_begun_take_nobody(fields):
    with pytest.raises(SignUpClosed):
        services.sign_up(activity=make_activity(**fields), person=make_user())


def test_who_cannot_come_gives_the_seats_back_and_may_come_again():
    activity, person = make_activity(capacity=2), make_user()
    mine = services.sign_up(activity=activity, person=person, seats=2)
    services.cancel_sign_up(sign_up=mine)
    with pytest.raises(NotSignedUp):
        services.cancel_sign_up(sign_up=mine)
    services.sign_up(activity=activity, person=person, seats=2)
    activity.refresh_from_db()
    assert activity.taken == 2


def test_the_database_itself_keeps_the_seats():
    activity = make_activity(capacity=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(taken=2)


def test_the_door_counts_people_by_their_number_once():
    activity = make_activity()
    mine = make_sign_up(activity, seats=2)
    with pytest.raises(TooEarly):
        services.check_in(activity=activity, number=mine.number)
    on_the_day = activity.starts_at + timedelta(minutes=5)
    services.check_in(activity=activity, number=f" {mine.number} ", now=on_the_day)
    services.check_in(activity=activity, number=mine.number, now=on_the_day)
    activity.refresh_from_db()
    assert activity.came == 2
    with pytest.raises(NotSignedUp):
        services.check_in(activity=activity, number="000000", now=on_the_day)


def test_a_number_of_another_activity_opens_no_door():
    mine, other = make_sign_up(make_activity()), make_activity()
    with pytest.raises(NotSignedUp):
        services.check_in(activity=other, number=mine.number, now=other.starts_at)


def test_only_who_came_answers_and_only_once():
    activity = make_activity()
    mine = make_sign_up(activity)
    with pytest.raises(NotThereYet):
        services.answer_activity(sign_up=mine, helpful=5, would_come_again=True)
    services.check_in(activity=activity, number=mine.number, now=activity.starts_at)
    services.answer_activity(sign_up=mine, helpful=5, would_come_again=True)
    with pytest.raises(NotThereYet):
        services.answer_activity(sign_up=mine, helpful=1, would_come_again=False)
    assert Answer.objects.get().helpful == 5


def test_an_answer_hangs_on_nobody():
    names = {field.name for field in Answer._meta.get_fields()}
    assert names == {"id", "activity", "helpful", "would_come_again"}


def test_nine_answers_are_not_shown_and_ten_are():
    activity = make_activity()
    Answer.objects.bulk_create(Answer(activity=activity, helpful=4, would_come_again=True) for _ in range(9))
    assert opinion_of(activity) is None
    Answer.objects.create(activity=activity, helpful=2, would_come_again=False)
    shown = opinion_of(activity)
    assert (shown.number, shown.helpful, shown.again_percent) == (10, 3.8, 90)


def test_what_the_eleventh_said_cannot_be_worked_out_from_two_looks():
    activity = make_activity()
    Answer.objects.bulk_create(Answer(activity=activity, helpful=5, would_come_again=True) for _ in range(10))
    before = opinion_of(activity)
    Answer.objects.create(activity=activity, helpful=1, would_come_again=False)
    assert opinion_of(activity) == before


def test_who_signed_up_hears_when_it_is_called_off():
    activity, person = make_activity(), make_user()
    services.sign_up(activity=activity, person=person)
    services.cancel_activity(activity=activity)
    services.cancel_activity(activity=activity)
    assert Message.objects.filter(recipient_id=person.pk, subject="活动取消了").count() == 1
