"""Asked before a session, answered by the young person, never twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.consultations.measures.errors import AlreadyAnswered, HalfAnswered, NothingAnswered, NotNow, NotYours
from catalog.consultations.measures.instruments import FACES, GAD7
from catalog.consultations.measures.models import Goal, Invitation, Measurement
from catalog.consultations.measures.services import ask_before_sessions, decline, record_answers
from catalog.scheduling.enums import Attendee, BookingStatus
from marketplace.consent.enums import DataItem, GivenAs
from marketplace.notifications.models import Message
from tests import factories
from tests.factories.consent import make_consent
from tests.factories.consultations import make_carer, make_course_of

pytestmark = pytest.mark.django_db

ALL_ONES = {"gad7": {item.key: 1 for item in GAD7.items}}
HOUR = timedelta(hours=1)


def session_of(child, parent, **fields):
    """A session three hours from now."""
    return factories.make_booking(
        service=fields.pop("service", None) or factories.make_service(),
        child=child,
        booked_by=parent,
        starts_at=timezone.now() + 3 * HOUR,
        **fields,
    )


def noon():
    return timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture
def parent():
    return factories.make_parent(children=0)


@pytest.fixture
def teen(parent):
    return factories.make_teen(parent)


@pytest.fixture
def booking(teen, parent):
    return session_of(teen.young_profile, parent)


def test_a_young_person_answers_and_what_was_said_is_sealed(teen, booking):
    made = record_answers(booking_id=booking.pk, answers=ALL_ONES, answered_by=teen)

    assert [(each.instrument, each.answers) for each in made] == [
        ("gad7", {"items": ALL_ONES["gad7"], "score": 7}),
    ]
    assert Measurement.objects.get().answers["score"] == 7


def test_an_own_goal_begins_with_its_first_words_and_a_new_one_with_others(teen, booking, parent):
    near = {"goal": {"near": 3}}
    record_answers(booking_id=booking.pk, answers=near, goal_text="睡前不看手机", answered_by=teen)
    Measurement.objects.all().update(booking=None)
    record_answers(booking_id=booking.pk, answers={"goal": {"near": 4}}, goal_text="睡前不看手机", answered_by=teen)
    Measurement.objects.all().update(booking=None)
    record_answers(booking_id=booking.pk, answers=near, goal_text="跟同桌说一次话", answered_by=teen)

    assert [(goal.text, goal.ended_at is None, goal.measurements.count()) for goal in Goal.objects.all()] == [
        ("睡前不看手机", False, 2),
        ("跟同桌说一次话", True, 1),
    ]


def test_how_near_without_a_goal_is_nothing_answered(teen, booking):
    with pytest.raises(NothingAnswered):
        record_answers(booking_id=booking.pk, answers={"goal": {"near": 3}}, answered_by=teen)


def test_a_part_is_answered_whole_or_not_at_all(teen, booking):
    with pytest.raises(HalfAnswered):
        record_answers(booking_id=booking.pk, answers={"gad7": {"1": 2}}, answered_by=teen)

    assert not Measurement.objects.exists()


def test_once_for_a_session(teen, booking):
    answers = ALL_ONES | {"goal": {"near": 2}}
    record_answers(booking_id=booking.pk, answers=answers, goal_text="早睡", answered_by=teen)

    with pytest.raises(AlreadyAnswered):
        record_answers(booking_id=booking.pk, answers=answers, answered_by=teen)


def test_a_parent_answers_nothing_for_a_young_person_with_an_account(parent, booking):
    with pytest.raises(NotYours):
        record_answers(booking_id=booking.pk, answers=ALL_ONES, answered_by=parent)


def test_a_parent_hands_the_phone_to_a_child_without_an_account(parent):
    child = factories.make_child(parent, born_on=timezone.localdate() - timedelta(days=366 * 9))
    booking = session_of(child, parent)
    faces = {"faces": {item.key: 2 for item in FACES.items}}

    assert record_answers(booking_id=booking.pk, answers=faces, answered_by=parent)[0].answers["score"] == 8


def test_a_stranger_answers_nothing(booking):
    with pytest.raises(NotYours):
        record_answers(booking_id=booking.pk, answers=ALL_ONES, answered_by=factories.make_parent())


@pytest.mark.parametrize("before", [timedelta(hours=24, minutes=1), timedelta(minutes=-51)])
def test_not_earlier_than_a_day_before_nor_after_the_end(teen, booking, before):
    with pytest.raises(NotNow):
        record_answers(booking_id=booking.pk, answers=ALL_ONES, answered_by=teen, now=booking.starts_at - before)


def test_declining_is_noted_and_tells_nobody(teen, booking):
    decline(booking_id=booking.pk, declined_by=teen)

    assert Invitation.objects.get().declined_at and not Message.objects.exists()


# --- asking ---------------------------------------------------------------------------------------------------------


def test_asked_once_a_day_before_in_words_that_say_nothing(teen, parent):
    booking = factories.make_booking(
        service=factories.make_service(), child=teen.young_profile, booked_by=parent, starts_at=noon() + 23 * HOUR
    )

    assert [ask_before_sessions(now=noon()), ask_before_sessions(now=noon())] == [1, 0]
    message = Message.objects.get()
    assert message.recipient == teen and str(booking.public_id) in message.url
    assert not any(
        word in message.subject + message.body for word in ("焦虑", "问卷", "心情", booking.service.product.title)
    )


def test_for_a_child_without_an_account_whoever_booked_is_asked(parent):
    child = factories.make_child(parent, born_on=timezone.localdate() - timedelta(days=366 * 9))
    factories.make_booking(service=factories.make_service(), child=child, booked_by=parent, starts_at=noon() + 5 * HOUR)

    ask_before_sessions(now=noon())

    assert Message.objects.get().recipient == parent


@pytest.mark.parametrize(
    ("hour", "ahead", "fields"),
    [
        (23, 5 * HOUR, {}),
        (5, 5 * HOUR, {}),
        (12, 25 * HOUR, {}),
        (12, 5 * HOUR, {"status": BookingStatus.CANCELLED}),
        (12, 5 * HOUR, {"status": BookingStatus.PENDING}),
        (12, 5 * HOUR, {"attendee": Attendee.GUARDIAN}),
    ],
    ids=["late", "early", "later than a day", "cancelled", "held", "a guardian's seat"],
)
def test_nobody_is_asked(teen, parent, hour, ahead, fields):
    now = noon().replace(hour=hour)
    factories.make_booking(
        service=factories.make_service(), child=teen.young_profile, booked_by=parent, starts_at=now + ahead, **fields
    )

    assert ask_before_sessions(now=now) == 0


@pytest.mark.parametrize("years", [7, 18])
def test_younger_and_grown_up_are_not_asked(parent, years):
    child = factories.make_child(parent, born_on=timezone.localdate() - timedelta(days=int(years * 365.25) + 2))
    factories.make_booking(service=factories.make_service(), child=child, booked_by=parent, starts_at=noon() + 5 * HOUR)

    assert ask_before_sessions(now=noon()) == 0


# --- off track ------------------------------------------------------------------------------------------------------


def test_that_it_goes_worse_is_told_to_the_provider_alone_and_only_by_consent(teen, parent):
    carer, service = make_carer()
    booking = session_of(teen.young_profile, parent, service=service)
    make_course_of(teen.young_profile, [2, 3])
    make_consent(teen.young_profile, service.providers.get().partner, items=[DataItem.SCORE])

    record_answers(booking_id=booking.pk, answers=ALL_ONES, answered_by=teen)

    message = Message.objects.get()
    assert message.recipient == carer and str(booking.public_id) in message.url
    assert teen.nickname not in message.subject + message.body


def test_without_consent_nobody_is_told(teen, parent):
    _carer, service = make_carer()
    booking = session_of(teen.young_profile, parent, service=service)
    make_course_of(teen.young_profile, [2, 3])
    make_consent(teen.young_profile, service.providers.get().partner, items=[DataItem.PLAN], needs=[GivenAs.TEEN])

    record_answers(booking_id=booking.pk, answers=ALL_ONES, answered_by=teen)

    assert not Message.objects.exists()
