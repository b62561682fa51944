"""The pages of letters: for everybody, for writers, for strangers, and the desk of those who answer."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.accounts.enums import Duty
from marketplace.core.audit.models import AuditEvent
from marketplace.safeguarding.concerns.models import Concern
from marketplace.safeguarding.letters import selectors, services
from marketplace.safeguarding.letters.models import Letter, LetterThread
from tests import factories

pytestmark = pytest.mark.django_db

ORDINARY = "同桌最近不理我，我不知道做错了什么。"
DANGER = "我真的不想活了，今晚就想从楼上跳下去。"


def url(name: str, thread: LetterThread) -> str:
    return reverse(f"letters:{name}", args=[thread.public_id])


def html(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode().split("<main")[1].split("</main>")[0]


def wrote(text: str = ORDINARY, **fields: object) -> LetterThread:
    return services.write_letter(writer=factories.make_teen(), office="ours", text=text, **fields).thread


@pytest.fixture
def desk() -> Client:
    return factories.signed_in(factories.make_staff(duties=[Duty.COUNSELLING]))


def test_everybody_reads_what_the_letter_box_is():
    body = html(Client(), reverse("letters:index"))
    assert "48 小时" in body
    assert reverse("crisis") in body
    assert "登录后写信" in body


def test_writing_needs_somebody_to_answer_to():
    response = Client().get(reverse("letters:write"))
    assert response["Location"].startswith(reverse("account_login"))


def test_a_letter_is_written_and_found_again():
    teen = factories.make_teen()
    own = factories.signed_in(teen)
    page = own.post(reverse("letters:write"), {"office": "ours", "text": ORDINARY, "signed_as": "小鱼"}, follow=True)
    thread = LetterThread.objects.get()
    assert page.redirect_chain == [(url("thread", thread), 302)]
    body = page.content.decode()
    assert ORDINARY in body
    assert "小鱼" in body
    assert "现在就可以打" not in body
    assert "等回信" in html(own, reverse("letters:index"))


def test_danger_shows_the_numbers_at_once_and_as_long_as_it_stands():
    own = factories.signed_in(factories.make_teen())
    page = own.post(reverse("letters:write"), {"office": "ours", "text": DANGER}, follow=True)
    assert "现在就可以打" in page.content.decode()
    thread = LetterThread.objects.get()
    assert "现在就可以打" in html(own, url("thread", thread))
    own.post(url("write_on", thread), {"text": "谢谢，我先去写作业了。"})
    assert "现在就可以打" not in html(own, url("thread", thread))


def test_a_letter_that_cannot_be_sent_is_still_read_for_danger():
    own = factories.signed_in(factories.make_teen())
    page = own.post(reverse("letters:write"), {"office": "nowhere", "text": DANGER})
    assert page.status_code == 200
    assert "现在就可以打" in page.content.decode()
    assert Concern.objects.count() == 1
    assert not Letter.objects.exists()


def test_an_empty_or_endless_letter_is_refused_in_words_and_kept_in_the_box():
    own = factories.signed_in(factories.make_teen())
    assert "信里还没有字" in own.post(reverse("letters:write"), {"office": "ours", "text": " "}).content.decode()
    page = own.post(reverse("letters:write"), {"office": "ours", "text": "长" * 6001})
    assert "分成两封" in page.content.decode()
    assert "长" * 6001 in page.content.decode()


def test_an_answer_is_news_until_it_is_opened(desk):
    thread = wrote()
    own = factories.signed_in(thread.writer)
    desk.post(url("answer", thread), {"text": "谢谢你写信来。"})
    assert "status--good" in html(own, reverse("letters:index"))
    assert selectors.threads_of(thread.writer).get().has_news
    assert "谢谢你写信来" in html(own, url("thread", thread))
    assert not selectors.threads_of(thread.writer).get().has_news
    assert Letter.objects.get(is_answer=True).opened_at is not None


@pytest.mark.parametrize("name", ["thread", "write_on", "close", "delete"])
def test_to_strangers_a_letter_does_not_exist(name):
    thread = wrote()
    for user in (factories.make_teen(), factories.make_parent(), factories.make_staff()):
        client = factories.signed_in(user)
        assert client.post(url(name, thread), {"text": "x"}).status_code in {404, 405}
        assert client.get(url(name, thread)).status_code in {404, 405}
    assert Client().post(url(name, thread)).status_code in {302, 405}
    assert LetterThread.objects.get().is_open


@pytest.mark.parametrize("name", ["case", "take", "answer", "hand_over", "note", "end", "worry"])
def test_the_desk_is_for_those_who_answer_now(name):
    thread = wrote()
    for user in (thread.writer, factories.make_parent(), factories.make_user(role="practitioner")):
        client = factories.signed_in(user)
        assert client.post(url(name, thread), {"text": "x"}).status_code in {404, 405}
        assert client.get(url(name, thread)).status_code in {404, 405}
    off_duty = factories.signed_in(factories.make_staff(duties=[Duty.SAFETY]))
    assert off_duty.post(url(name, thread), {"text": "x"}).status_code in {403, 405}
    assert Letter.objects.count() == 1


def test_the_desk_wants_the_second_step():
    staff = factories.make_staff(duties=[Duty.COUNSELLING])
    response = factories.signed_in(staff, second_step=False).get(reverse("letters:desk"))
    assert response.status_code == 302


def test_whoever_answers_sees_an_age_band_and_never_who(desk):
    thread = wrote(signed_as="一颗小石头")
    body = html(desk, url("case", thread))
    assert ORDINARY in body
    assert "一颗小石头" in body
    assert "15–18" in body
    for secret in (thread.writer.nickname, str(thread.writer.public_id), str(thread.child.public_id)):
        assert secret not in body
        assert secret not in html(desk, reverse("letters:desk"))
    assert ORDINARY not in html(desk, reverse("letters:desk"))


def test_a_look_is_written_down_about_the_thread_and_not_about_the_child(desk):
    thread = wrote()
    html(desk, url("case", thread))
    event = AuditEvent.objects.filter(purpose="letter").get()
    assert event.subject_id == thread.public_id
    assert not AuditEvent.objects.filter(subject_id=thread.child.public_id, purpose="letter").exists()


def test_what_can_be_done_at_the_desk(desk):
    thread, second = wrote(), factories.make_staff(duties=[Duty.COUNSELLING])
    desk.post(url("note", thread), {"text": "先问问睡得怎么样"})
    desk.post(url("take", thread))
    desk.post(url("answer", thread), {"text": "你好。"})
    assert "先问问睡得怎么样" in html(desk, url("case", thread))
    desk.post(url("worry", thread), {"kind": "harm_by_others"})
    assert Concern.objects.count() == 1
    desk.post(url("hand_over", thread), {"to": str(second.public_id), "note": "麻烦你了"})
    thread.refresh_from_db()
    assert thread.handler == second
    other = factories.signed_in(second)
    other.post(url("end", thread))
    thread.refresh_from_db()
    assert not thread.is_open
    assert "这段通信已经结束" in html(factories.signed_in(thread.writer), url("thread", thread))
    assert other.get(reverse("letters:figures")).json()["answered"] == 1


def test_a_made_up_thread_is_not_found(desk):
    assert desk.get(reverse("letters:case", args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("place", ["desk", "mine"])
def test_lists_cost_the_same_with_one_and_with_three(desk, place):
    teen = factories.make_teen()
    client, address = (
        (desk, reverse("letters:desk"))
        if place == "desk"
        else (
            factories.signed_in(teen),
            reverse("letters:index"),
        )
    )
    counts = []
    for more in (1, 2):
        for _each in range(more):
            services.write_letter(writer=teen, office="ours", text=ORDINARY)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]
