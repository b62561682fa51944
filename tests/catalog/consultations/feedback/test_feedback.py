"""Feedback: by those who attended, read before it shows, thanked whatever it says."""

import inspect
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.consultations.feedback.enums import Helped, WordsRefusal, WordsState
from catalog.consultations.feedback.errors import (
    AlreadyDecided,
    AlreadyGiven,
    NotHeld,
    NotYourSession,
    ReasonMissing,
    TooLate,
)
from catalog.consultations.feedback.models import Feedback
from catalog.consultations.feedback.selectors import shown_feedback, summary_of
from catalog.consultations.feedback.services import decide_words, give_feedback, withdraw_words
from catalog.scheduling.enums import BookingStatus
from catalog.vouchers.models import Reward
from catalog.vouchers.services import reward_feedback
from marketplace.accounts.enums import Duty
from marketplace.core.audit.models import AuditEvent
from marketplace.notifications.models import Message
from tests import factories
from tests.catalog.queries import queries_of
from tests.factories.consultations import make_feedback, make_held_session, make_published

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent():
    return factories.make_parent(children=0)


@pytest.fixture
def teen(parent):
    return factories.make_teen(parent)


@pytest.fixture
def held(teen, parent):
    return make_held_session(teen.young_profile, parent)


def held_of(service, days_ago):
    """A session of some family, so many days ago."""
    return make_held_session(factories.make_child(factories.make_user()), service=service, days_ago=days_ago)


def test_whoever_booked_and_who_was_there_each_say_something_once(held, parent, teen):
    give_feedback(booking_id=held.pk, rating=5, helped=[Helped.LISTENED], given_by=parent)
    give_feedback(booking_id=held.pk, rating=2, words="没说到我想说的", given_by=teen)

    assert {(each.given_by, each.rating) for each in Feedback.objects.all()} == {("guardian", 5), ("young", 2)}
    with pytest.raises(AlreadyGiven):
        give_feedback(booking_id=held.pk, rating=1, given_by=parent)


@pytest.mark.parametrize(
    "status", [BookingStatus.BOOKED, BookingStatus.NOSHOW, BookingStatus.CANCELLED, BookingStatus.PENDING]
)
def test_only_what_took_place(teen, parent, status):
    booking = make_held_session(teen.young_profile, parent, status=status)

    with pytest.raises(NotHeld):
        give_feedback(booking_id=booking.pk, rating=5, given_by=parent)


def test_strangers_have_no_say(held):
    others = [factories.make_parent(), factories.make_teen(), factories.make_staff()]
    for other in others:
        with pytest.raises(NotYourSession):
            give_feedback(booking_id=held.pk, rating=1, given_by=other)


def test_not_long_after(held, parent):
    with pytest.raises(TooLate):
        give_feedback(booking_id=held.pk, rating=4, given_by=parent, now=held.ends_at + timedelta(days=60))


@pytest.mark.parametrize(("rating", "words"), [(1, "不好，白跑一趟"), (5, "很好"), (3, "")])
def test_the_thank_you_is_the_same_whatever_was_said(held, parent, rating, words):
    give_feedback(booking_id=held.pk, rating=rating, words=words, given_by=parent)

    reward = Reward.objects.get()
    assert reward.person == parent
    assert reward.voucher.offers.get().benefit.value == 10


def test_the_thank_you_has_no_way_to_see_stars_or_words():
    assert set(inspect.signature(reward_feedback).parameters) == {"person", "booking", "now"}


def test_a_young_person_is_thanked_without_a_voucher(held, teen):
    give_feedback(booking_id=held.pk, rating=5, given_by=teen)

    assert not Reward.objects.exists()


# --- reading before it shows ----------------------------------------------------------------------------------------


def test_words_show_only_once_let_through_but_stars_count_at_once(held, parent):
    staff = factories.make_staff()
    given = give_feedback(booking_id=held.pk, rating=1, words="迟到了二十分钟", given_by=parent)
    product = held.service.product

    assert summary_of(product).total == 1 and not shown_feedback(product).exists()
    decide_words(public_id=given.public_id, publishes=True, decided_by=staff)
    assert [each.shown_words for each in shown_feedback(product)] == ["迟到了二十分钟"]


def test_words_that_are_not_shown_need_a_reason_which_the_author_is_told(held, parent):
    given = give_feedback(booking_id=held.pk, rating=2, words="李老师电话 139", given_by=parent)
    Message.objects.all().delete()
    staff = factories.make_staff()

    with pytest.raises(ReasonMissing):
        decide_words(public_id=given.public_id, publishes=False, decided_by=staff)
    decide_words(public_id=given.public_id, publishes=False, refusal=WordsRefusal.NAMES, decided_by=staff)

    assert Message.objects.get().recipient == parent
    assert summary_of(held.service.product).total == 1 and not shown_feedback(held.service.product).exists()
    with pytest.raises(AlreadyDecided):
        decide_words(public_id=given.public_id, publishes=True, decided_by=staff)


def test_words_taken_back_are_gone_and_stars_stay(held, parent):
    given = make_published(held, parent, words="很好")
    with pytest.raises(NotYourSession):
        withdraw_words(public_id=given.public_id, withdrawn_by=factories.make_user())
    withdraw_words(public_id=given.public_id, withdrawn_by=parent)
    given.refresh_from_db()

    assert (given.words, given.shown_words, given.words_state) == ("", "", WordsState.WITHDRAWN)
    assert summary_of(held.service.product).total == 1


def test_a_session_marked_as_missed_afterwards_counts_no_more(held, parent):
    make_published(held, parent, words="很好")
    type(held).objects.filter(pk=held.pk).update(status=BookingStatus.NOSHOW)

    assert summary_of(held.service.product).total == 0 and not shown_feedback(held.service.product).exists()


def test_there_is_no_average_of_fewer_than_five():
    service = factories.make_service()
    for days_ago, rating in enumerate((5, 4, 4, 1), start=1):
        make_feedback(held_of(service, days_ago), rating=rating)
    assert summary_of(service.product).average is None
    make_feedback(held_of(service, 9), rating=2)
    summary = summary_of(service.product)

    assert (summary.average, summary.rows) == (3.2, [(5, 1), (4, 2), (3, 0), (2, 1), (1, 1)])


# --- pages ----------------------------------------------------------------------------------------------------------


def test_give_and_read_again(held, parent):
    browser = factories.signed_in(parent)
    url = reverse("feedback:give", args=[held.public_id])
    assert browser.get(url).status_code == 200

    assert browser.post(url, {"words": "忘了选"}).status_code == 422
    text = browser.post(url, {"rating": "3", "helped": ["listened"], "words": "还可以"}, follow=True).content.decode()
    assert "还可以" in text and "等待审核" in text and "help-now" not in text


def test_words_that_sound_like_danger_show_help_first_and_stand_first_in_the_queue(held, parent, teen):
    make_feedback(make_held_session(teen.young_profile, parent, days_ago=9), words="先来的", given_at=timezone.now())
    text = (
        factories.signed_in(teen)
        .post(reverse("feedback:give", args=[held.public_id]), {"rating": "2", "words": "我不想活了"}, follow=True)
        .content.decode()
    )
    queue = factories.signed_in(factories.make_staff()).get(reverse("backoffice:reviews")).content.decode()

    assert "help-now" in text
    assert queue.index("我不想活了") < queue.index("先来的") and "听起来可能有危险" in queue


def test_words_that_sound_like_danger_are_put_before_whoever_is_on_safety_duty(held, teen):
    keeper, reviewer = factories.make_staff(duties=[Duty.SAFETY]), factories.make_staff(duties=[Duty.REVIEW])
    given = give_feedback(booking_id=held.pk, rating=2, words="我不想活了", given_by=teen)

    told = Message.objects.filter(key__startswith="words:")
    page = reverse("backoffice:urgent_words", args=[given.public_id])
    assert {(message.recipient, message.url) for message in told} == {(keeper, page)}
    assert "不想活" not in "".join(message.body + message.subject for message in told)
    desk = factories.signed_in(keeper)
    assert page in desk.get(reverse("backoffice:emergencies")).content.decode()
    html = desk.get(page).content.decode()
    guardian = held.child.guardians.get()
    assert "我不想活了" in html and guardian.phone in html
    looks = AuditEvent.objects.filter(actor_id=keeper.public_id, purpose="safety")
    assert {look.subject_id for look in looks} == {held.child.public_id, teen.public_id}
    assert factories.signed_in(reviewer).get(page).status_code in (302, 403, 404)


def test_what_sounds_like_nothing_alarms_nobody_and_opens_no_page(held, teen):
    keeper = factories.make_staff(duties=[Duty.SAFETY])
    given = give_feedback(booking_id=held.pk, rating=2, words="没说到我想说的", given_by=teen)

    assert not Message.objects.filter(key__startswith="words:").exists()
    page = reverse("backoffice:urgent_words", args=[given.public_id])
    assert factories.signed_in(keeper).get(page).status_code == 404


def test_words_are_kept_and_help_is_shown_even_if_nobody_can_be_told(held, teen, monkeypatch):
    def broken(**_message):
        raise OSError

    factories.make_staff(duties=[Duty.SAFETY])
    monkeypatch.setattr("marketplace.safeguarding.services.notify", broken)
    answer = factories.signed_in(teen).post(
        reverse("feedback:give", args=[held.public_id]), {"rating": "2", "words": "我不想活了"}, follow=True
    )
    assert "help-now" in answer.content.decode() and Feedback.objects.get().sounds_urgent


def test_strangers_find_no_page(held, parent):
    given = make_feedback(held, parent, words="自己的话")
    for other in (factories.make_parent(), factories.make_teen(), factories.make_staff(is_superuser=True)):
        browser = factories.signed_in(other)
        assert browser.get(reverse("feedback:give", args=[held.public_id])).status_code == 404
        assert browser.post(reverse("feedback:withdraw", args=[given.public_id])).status_code == 404


def test_the_product_page_shows_counts_and_words_but_nobodys_name(client, held, parent):
    make_published(held, parent, words="愿意再去")
    product = held.service.product
    for url in (product.get_absolute_url(), reverse("feedback:of_product", args=[product.pk])):
        text = client.get(url).content.decode()
        assert "愿意再去" in text and "1 人评价" in text and "一位家长" in text
        assert parent.nickname not in text and held.child.nickname not in text


def test_a_product_nobody_spoke_of_says_nothing(client):
    product = factories.make_service().product

    assert "feedback-title" not in client.get(product.get_absolute_url()).content.decode()


def test_the_prompt_stands_on_a_past_booking(held, parent):
    detail = factories.signed_in(parent).get(reverse("bookings:detail", args=[held.public_id])).content.decode()

    assert "feedback-prompt" in detail


def test_the_queue_is_for_those_on_review_duty_and_looks_are_written_down(held, parent):
    given = make_feedback(held, parent, words="请看这句")
    reader = factories.make_staff(duties=[Duty.REVIEW])
    assert "请看这句" in factories.signed_in(reader).get(reverse("backoffice:reviews")).content.decode()
    assert AuditEvent.objects.filter(records__contains=[given.public_id], actor_label__contains="审核").exists()

    for other in (factories.make_staff(duties=[Duty.SUPPORT]), factories.make_staff(duties=[]), parent):
        browser = factories.signed_in(other)
        response = browser.get(reverse("backoffice:reviews"))
        assert response.status_code in (403, 404) and "请看这句" not in response.content.decode()
        url = reverse("backoffice:decide_review", args=[given.public_id])
        assert browser.post(url, {"act": "publish"}).status_code in (403, 404)
    given.refresh_from_db()
    assert given.words_state == WordsState.WAITING


def test_the_queue_decides(held, parent):
    given = make_feedback(held, parent, words="请看这句")
    browser = factories.signed_in(factories.make_staff(duties=[Duty.REVIEW]))
    browser.post(reverse("backoffice:decide_review", args=[given.public_id]), {"act": "decline", "refusal": "insult"})

    assert "请看这句" in browser.get(reverse("backoffice:reviews"), {"show": "decided"}).content.decode()
    given.refresh_from_db()
    assert (given.words_state, given.refusal) == (WordsState.DECLINED, "insult")


def test_as_many_queries_for_three_as_for_one():
    service = factories.make_service()
    browser = factories.signed_in(factories.make_staff(duties=[Duty.REVIEW]))
    urls = [reverse("backoffice:reviews"), reverse("feedback:of_product", args=[service.product.pk])]

    def add(days_ago):
        make_feedback(held_of(service, days_ago), words="话")
        make_published(held_of(service, days_ago + 1), words="话")

    add(1)
    for url in urls:
        browser.get(url)
    counts = [queries_of(lambda url=url: browser.get(url)) for url in urls]
    add(3)
    add(5)
    assert [queries_of(lambda url=url: browser.get(url)) for url in urls] == counts
