"""An organisation answers in public what families wrote; one of our people reads it first."""

import pytest
from django.urls import reverse

from catalog.consultations.feedback.enums import ReplyState
from catalog.consultations.feedback.errors import (
    AlreadyDecided,
    NothingToReplyTo,
    ReplyMissing,
    ReplyNamesSomebody,
    ReplyShownAlready,
)
from catalog.consultations.feedback.models import FeedbackReply
from catalog.consultations.feedback.services import decide_reply, reply_to_words
from catalog.partner.enums import TeamRole
from marketplace.accounts.enums import Duty
from tests.factories import (
    make_parent,
    make_partner,
    make_partner_staff,
    make_provider,
    make_service,
    make_staff,
    signed_in,
)
from tests.factories.consultations import make_feedback, make_held_session, make_published

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return make_partner()


@pytest.fixture
def desk(clinic):
    return make_partner_staff(clinic, team_role=TeamRole.DESK)


def held_at(clinic):
    return make_held_session(make_parent().children.get(), service=make_service(make_provider(partner=clinic)))


@pytest.fixture
def words(clinic):
    return make_published(held_at(clinic), words="很耐心，就是有点难找")


def reply(words, clinic, by, text="谢谢你，我们在门口加了路牌。"):
    return reply_to_words(public_id=words.public_id, partner=clinic, words=text, written_by=by)


def test_everybody_reads_it_after_one_of_our_people_has(client, words, clinic, desk):
    page = reverse("feedback:of_product", args=[words.product_id])
    signed_in(desk).post(reverse("clinics:reply", args=[words.public_id]), {"words": "谢谢你，我们加了路牌。"})
    assert "加了路牌" not in client.get(page).content.decode()

    reader = signed_in(make_staff(duties=[Duty.REVIEW]))
    assert "加了路牌" in reader.get(reverse("backoffice:reviews")).content.decode()
    reader.post(reverse("backoffice:decide_reply", args=[FeedbackReply.objects.get().public_id]), {"act": "publish"})

    assert "加了路牌" in client.get(page).content.decode()


def test_what_was_not_let_through_may_be_written_anew(client, words, clinic, desk):
    first = reply(words, clinic, desk, "你家孩子当时哭了")
    decide_reply(public_id=first.public_id, publishes=False, decided_by=make_staff())

    again = reply(words, clinic, desk)

    assert again.pk == first.pk and again.state == ReplyState.WAITING
    assert "哭了" not in client.get(reverse("feedback:of_product", args=[words.product_id])).content.decode()


def test_what_is_shown_stays_as_it_was_read(words, clinic, desk):
    decide_reply(public_id=reply(words, clinic, desk).public_id, publishes=True, decided_by=make_staff())

    with pytest.raises(ReplyShownAlready):
        reply(words, clinic, desk, "换一句")
    with pytest.raises(AlreadyDecided):
        decide_reply(public_id=FeedbackReply.objects.get().public_id, publishes=False, decided_by=make_staff())


@pytest.mark.parametrize("text", ["打 13812345678", "写信到 a@example.com", "加微信聊", "看 https://example.com"])
def test_nobody_is_led_past_the_platform(words, clinic, desk, text):
    with pytest.raises(ReplyNamesSomebody):
        reply(words, clinic, desk, text)


def test_nothing_is_no_reply(words, clinic, desk):
    with pytest.raises(ReplyMissing):
        reply(words, clinic, desk, "  ")


@pytest.mark.parametrize("role", [TeamRole.FINANCE, TeamRole.CARER, TeamRole.WORKER])
def test_others_of_the_house_answer_nothing(words, clinic, role):
    with pytest.raises(NothingToReplyTo):
        reply(words, clinic, make_partner_staff(clinic, team_role=role))


def test_another_organisation_answers_nothing_here(words):
    other = make_partner()
    manager = make_partner_staff(other)

    with pytest.raises(NothingToReplyTo):
        reply(words, other, manager)
    address = reverse("clinics:reply", args=[words.public_id])
    assert signed_in(manager).post(address, {"words": "谢谢"}).status_code == 404


def test_words_nobody_let_through_are_not_shown_to_the_organisation(clinic, desk):
    unread = make_feedback(held_at(clinic), words="还没有人看过的话")

    assert "还没有人看过的话" not in signed_in(desk).get(reverse("clinics:reviews")).content.decode()
    with pytest.raises(NothingToReplyTo):
        reply(unread, clinic, desk)


def test_the_organisation_does_not_learn_who_wrote(words, desk):
    page = signed_in(desk).get(reverse("clinics:reviews")).content.decode()

    assert words.shown_words in page
    assert words.booking.child.nickname not in page and words.person.nickname not in page


@pytest.mark.parametrize("many", [1, 3])
def test_more_words_cost_no_more_queries(clinic, desk, many, django_assert_max_num_queries):
    for _ in range(many):
        make_published(held_at(clinic), words="很耐心")
    browser = signed_in(desk)
    browser.get(reverse("clinics:reviews"))

    with django_assert_max_num_queries(16):
        browser.get(reverse("clinics:reviews"))
