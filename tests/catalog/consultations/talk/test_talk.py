"""A family and an organisation talk about a booking: each person of the family apart, notices without a word of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.consultations.talk import services
from catalog.consultations.talk.errors import NothingSaid, NotYourTalk, TalkOver, TooManyMessages
from catalog.consultations.talk.models import BookingMessage
from catalog.consultations.talk.rules import MOST_IN_AN_HOUR
from catalog.partner.enums import TeamRole
from catalog.scheduling.enums import BookingStatus
from marketplace.notifications.models import Message
from marketplace.safeguarding.concerns.models import Concern
from tests.factories import (
    make_booking,
    make_parent,
    make_partner,
    make_partner_staff,
    make_provider,
    make_service,
    make_staff,
    make_teen,
    make_user,
    signed_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return make_partner()


@pytest.fixture
def desk(clinic):
    return make_partner_staff(clinic, team_role=TeamRole.DESK)


@pytest.fixture
def parent():
    return make_parent(children=0)


@pytest.fixture
def teen(parent):
    return make_teen(parent, age=15)


@pytest.fixture
def booking(clinic, parent, teen):
    service = make_service(make_provider(partner=clinic, user=make_user(role="practitioner")))
    return make_booking(service=service, child=teen.young_profile, booked_by=parent)


def say(booking, person, words="几楼？"):
    return services.say_as_family(booking_id=booking.pk, person=person, words=words)[0]


def answer(booking, person, author, words="三楼，电梯右转。"):
    return services.say_as_organisation(booking_id=booking.pk, person=person, author=author, words=words)


def family_page(booking, person) -> str:
    return signed_in(person).get(reverse("talk:talk", args=[booking.public_id])).content.decode()


def desk_page(booking, worker, person):
    address = reverse("clinics:talk", args=[booking.public_id])
    return signed_in(worker).get(address, {"with": str(person.public_id)})


def test_a_question_reaches_the_desk_and_the_answer_the_family(booking, parent, desk):
    say(booking, parent)
    assert "几楼？" in desk_page(booking, desk, parent).content.decode()

    answer(booking, parent, desk)
    assert "三楼，电梯右转。" in family_page(booking, parent)


def test_what_a_young_person_writes_no_parent_reads(booking, parent, teen, desk):
    say(booking, teen, "能不能不要告诉我妈妈")
    answer(booking, teen, desk, "可以的，我们单独说")

    page = family_page(booking, parent)
    assert "告诉我妈妈" not in page and "单独说" not in page
    assert "单独说" in family_page(booking, teen)


def test_what_a_parent_writes_the_young_person_does_not_read(booking, parent, teen):
    say(booking, parent, "请不要说是我约的")

    assert "是我约的" not in family_page(booking, teen)


def test_notices_say_nothing_of_it(booking, parent, desk):
    say(booking, parent, "关于厌学的事")
    answer(booking, parent, desk, "我们记下了")

    told = Message.objects.filter(subject="有一条新消息")
    assert {message.recipient_id for message in told} >= {parent.pk, desk.pk}
    assert not [message for message in told if "厌学" in message.body or "记下" in message.body]


def test_who_has_not_read_yet_is_told_once(booking, parent, desk):
    for _ in range(3):
        say(booking, parent)
    assert Message.objects.filter(recipient_id=desk.pk).count() == 1

    services.mark_read(booking=booking, person=parent, by_family=False)
    say(booking, parent)
    assert Message.objects.filter(recipient_id=desk.pk).count() == 2


def test_words_of_danger_lead_to_help_and_to_our_people_on_duty(booking, teen):
    page = signed_in(teen).post(reverse("talk:talk", args=[booking.public_id]), {"words": "我不想活了，今晚就想结束"})

    assert "12356" in page.content.decode()
    assert Concern.objects.filter(source="message").exists()
    assert BookingMessage.objects.count() == 1


def test_an_identity_number_is_not_kept(booking, parent):
    say(booking, parent, "身份证 110101199003070011")

    assert "110101199003070011" not in BookingMessage.objects.get().words


@pytest.mark.parametrize("role", [TeamRole.FINANCE, TeamRole.CARER, TeamRole.WORKER])
def test_others_of_the_house_read_and_write_nothing(booking, clinic, parent, role):
    say(booking, parent)
    colleague = make_partner_staff(clinic, team_role=role)

    assert desk_page(booking, colleague, parent).status_code == 404
    with pytest.raises(NotYourTalk):
        answer(booking, parent, colleague)


def test_strangers_read_and_write_nothing(booking, parent):
    say(booking, parent)
    other_clinic, other_parent = make_partner_staff(make_partner()), make_parent()

    assert desk_page(booking, other_clinic, parent).status_code == 404
    assert signed_in(other_parent).get(reverse("talk:talk", args=[booking.public_id])).status_code == 404
    for outsider in (other_clinic, make_staff()):
        with pytest.raises(NotYourTalk):
            answer(booking, parent, outsider)
    with pytest.raises(NotYourTalk):
        say(booking, other_parent)


def test_the_organisation_writes_only_to_the_family_of_the_booking(booking, desk):
    with pytest.raises(NotYourTalk):
        answer(booking, make_parent(), desk)


def test_a_week_after_the_session_it_is_over(booking, parent, desk):
    later = booking.ends_at + timedelta(days=8)

    with pytest.raises(TalkOver):
        services.say_as_family(booking_id=booking.pk, person=parent, words="还在吗", now=later)
    with pytest.raises(TalkOver):
        services.say_as_organisation(booking_id=booking.pk, person=parent, author=desk, words="在", now=later)


def test_a_time_that_is_only_kept_is_not_talked_about(clinic, parent, teen):
    service = make_service(make_provider(partner=clinic))
    held = make_booking(service=service, child=teen.young_profile, booked_by=parent, status=BookingStatus.PENDING)

    with pytest.raises(TalkOver):
        say(held, parent)


def test_nothing_is_no_message(booking, parent):
    with pytest.raises(NothingSaid):
        say(booking, parent, "   ")


def test_a_flood_is_slowed(booking, parent):
    for _ in range(MOST_IN_AN_HOUR):
        say(booking, parent)

    with pytest.raises(TooManyMessages):
        say(booking, parent)
    services.say_as_family(
        booking_id=booking.pk, person=parent, words="晚点再问", now=timezone.now() + timedelta(hours=2)
    )


@pytest.mark.parametrize("many", [1, 3])
def test_more_talks_cost_no_more_queries(clinic, desk, many, django_assert_max_num_queries):
    for _ in range(many):
        parent = make_parent()
        booking = make_booking(service=make_service(make_provider(partner=clinic)), child=parent.children.get())
        say(booking, booking.booked_by)
    browser = signed_in(desk)
    browser.get(reverse("clinics:talks"))

    with django_assert_max_num_queries(22):
        assert browser.get(reverse("clinics:talks")).status_code == 200
