"""The pages of measures: answering, one's own change, and who else sees it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.consultations.measures.instruments import FACES, GAD7, GOAL
from catalog.consultations.measures.models import Measurement
from marketplace.consent.enums import DataItem, GivenAs, Purpose
from tests import factories
from tests.catalog.queries import queries_of
from tests.factories.consent import make_consent
from tests.factories.consultations import make_carer, make_course_of, make_goal, make_held_session, make_measurement

pytestmark = pytest.mark.django_db

ANSWERS = {f"gad7-{item.key}": "1" for item in GAD7.items}
OFF_TRACK = "没有往好的方向走"


def soon(child, parent, **fields):
    return factories.make_booking(
        service=fields.pop("service", None) or factories.make_service(),
        child=child,
        booked_by=parent,
        starts_at=timezone.now() + timedelta(hours=3),
    )


@pytest.fixture
def parent():
    return factories.make_parent(children=0)


@pytest.fixture
def teen(parent):
    return factories.make_teen(parent)


def test_a_young_person_answers_and_is_thanked(teen, parent):
    booking = soon(teen.young_profile, parent)
    browser = factories.signed_in(teen)
    url = reverse("measures:answer", args=[booking.public_id])

    assert "不能够停止或控制担忧" in browser.get(url).content.decode()
    response = browser.post(url, ANSWERS, follow=True)
    assert "谢谢你" in response.content.decode() and Measurement.objects.get().answers["score"] == 7


def test_a_child_gets_faces_and_the_parent_is_told_to_hand_the_phone_over(parent):
    child = factories.make_child(parent, born_on=timezone.localdate() - timedelta(days=366 * 9))
    booking = soon(child, parent)
    browser = factories.signed_in(parent)
    url = reverse("measures:answer", args=[booking.public_id])

    text = browser.get(url).content.decode()
    assert "请把手机交给" in text and text.count('class="face ') == 4 * len(FACES.items)
    after = browser.post(url, {f"faces-{item.key}": "3" for item in FACES.items}, follow=True).content.decode()
    assert "看我的变化" not in after


def test_half_a_part_comes_back_with_what_was_chosen(teen, parent):
    booking = soon(teen.young_profile, parent)
    response = factories.signed_in(teen).post(
        reverse("measures:answer", args=[booking.public_id]), {"gad7-1": "2", "goal_text": "早点睡"}
    )

    assert response.status_code == 422 and "早点睡" in response.content.decode()


def test_a_goal_that_sounds_like_danger_shows_help_first(teen, parent):
    booking = soon(teen.young_profile, parent)
    response = factories.signed_in(teen).post(
        reverse("measures:answer", args=[booking.public_id]),
        {"goal_text": "我不想活了", "goal-near": "0"},
        follow=True,
    )

    assert "help-now" in response.content.decode()


def test_the_prompt_stands_on_the_booking_until_answered_or_declined(teen, parent):
    booking = soon(teen.young_profile, parent)
    browser = factories.signed_in(teen)
    detail = reverse("bookings:detail", args=[booking.public_id])

    assert "measure-prompt" in browser.get(detail).content.decode()
    assert "measure-prompt" not in factories.signed_in(parent).get(detail).content.decode()
    browser.post(reverse("measures:skip", args=[booking.public_id]))
    assert "measure-prompt" not in browser.get(detail).content.decode()


@pytest.mark.parametrize("name", ["answer", "skip", "thanks"])
def test_strangers_find_no_question(teen, parent, name):
    booking = soon(teen.young_profile, parent)
    carer, _service = make_carer()
    for other in (
        parent,
        factories.make_parent(),
        factories.make_teen(),
        carer,
        factories.make_staff(is_superuser=True),
    ):
        browser = factories.signed_in(other)
        url = reverse(f"measures:{name}", args=[booking.public_id])
        assert {browser.get(url).status_code, browser.post(url).status_code} <= {404, 405}


# --- whose change it is ---------------------------------------------------------------------------------------------


def of_child(user, child):
    return factories.signed_in(user).get(reverse("measures:of_child", args=[child.public_id]))


def of_booking(user, booking):
    return factories.signed_in(user).get(reverse("measures:of_booking", args=[booking.public_id]))


def test_a_young_person_sees_their_own_and_never_the_words_for_the_provider(teen):
    make_course_of(teen.young_profile, [5, 7, 12])
    text = of_child(teen, teen.young_profile).content.decode()

    assert "比第一次高 7 分" in text and "plot-band" in text and OFF_TRACK not in text


def test_a_parent_sees_nothing_of_a_teen_without_consent_and_all_with(teen, parent):
    child = teen.young_profile
    make_course_of(child, [5, 12])

    closed = of_child(parent, child).content.decode()
    make_consent(child, parent, items=[DataItem.SCORE], purpose=Purpose.GUARDIANSHIP)
    opened = of_child(parent, child).content.decode()

    assert "比第一次" not in closed and "满 14 岁后" in closed
    assert "比第一次高 7 分" in opened and OFF_TRACK not in opened


def test_a_provider_sees_by_consent_and_is_told_what_nobody_else_is(teen):
    child = teen.young_profile
    carer, service = make_carer()
    booking = make_held_session(child, service=service)
    make_course_of(child, [5, 12])

    closed = of_booking(carer, booking).content.decode()
    make_consent(child, booking.occupancy.provider.partner, items=[DataItem.SCORE])
    opened = of_booking(carer, booking).content.decode()

    assert "plot-line" not in closed and OFF_TRACK not in closed
    assert "plot-line" in opened and OFF_TRACK in opened and "Jacobson" in opened


def test_when_it_is_asked_again_stands_beside_the_chart(teen, parent):
    child = teen.young_profile
    carer, service = make_carer()
    booking = make_held_session(child, service=service)
    make_course_of(child, [5, 12])
    make_consent(child, booking.occupancy.provider.partner, items=[DataItem.SCORE])
    asked_again = "下一次回答"
    assert asked_again not in of_child(teen, child).content.decode()

    starts_at = timezone.now() + timedelta(days=5)
    factories.make_booking(service=factories.make_service(), child=child, booked_by=parent, starts_at=starts_at)
    assert asked_again in of_child(teen, child).content.decode()
    assert asked_again not in of_booking(carer, booking).content.decode(), (
        "a session with somebody else is none of theirs"
    )

    next_one = {"child": child, "booked_by": parent, "starts_at": starts_at + timedelta(days=2)}
    factories.make_booking(service=service, **next_one)
    assert asked_again in of_booking(carer, booking).content.decode()


def test_a_consent_taken_back_closes_the_page(teen):
    child = teen.young_profile
    carer, service = make_carer()
    booking = make_held_session(child, service=service)
    make_course_of(child, [5, 12])
    since = timezone.now() - timedelta(days=40)
    make_consent(child, booking.occupancy.provider.partner, items=[DataItem.SCORE], since=since)  # for thirty days

    assert "plot-line" not in of_booking(carer, booking).content.decode()


def test_a_guardians_consent_for_a_child_ends_at_fourteen(parent):
    child = factories.make_child(parent, born_on=timezone.localdate() - timedelta(days=int(14.5 * 365.25)))
    carer, service = make_carer()
    booking = make_held_session(child, service=service)
    make_course_of(child, [5, 6])
    make_consent(
        child,
        booking.occupancy.provider.partner,
        items=[DataItem.SCORE],
        needs=[GivenAs.GUARDIAN],
        granted_by=parent,
    )

    assert "plot-line" not in of_booking(carer, booking).content.decode()


def test_strangers_find_no_change(teen, parent):
    child = teen.young_profile
    carer, service = make_carer()
    booking = make_held_session(child, service=service)
    make_consent(child, booking.occupancy.provider.partner, items=[DataItem.SCORE])
    colleague, _service = make_carer()
    manager = factories.make_partner_staff(booking.occupancy.provider.partner)
    for other in (factories.make_parent(), factories.make_teen(), colleague, factories.make_staff(is_superuser=True)):
        assert of_child(other, child).status_code == 404
        assert of_booking(other, booking).status_code == 404
    for other in (manager, parent, teen):
        assert of_booking(other, booking).status_code == 404


def test_as_many_queries_for_three_answers_as_for_one(teen):
    child = teen.young_profile
    browser = factories.signed_in(teen)
    url = reverse("measures:of_child", args=[child.public_id])
    make_measurement(child)
    make_measurement(child, instrument=GOAL, goal=make_goal(child, ended_at=timezone.now()))
    browser.get(url)
    one = queries_of(lambda: browser.get(url))
    for _ in range(2):
        make_measurement(child)
        make_measurement(child, instrument=GOAL, goal=make_goal(child, ended_at=timezone.now()))
    assert queries_of(lambda: browser.get(url)) == one
