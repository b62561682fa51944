"""The inbox of a person and the demo's outbox."""

import pytest
from django.core.mail import send_mail

from marketplace.notifications import services
from marketplace.notifications.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent(django_user_model):
    return django_user_model.objects.create_user(phone="+8613800000001", nickname="林女士")


@pytest.fixture
def stranger(django_user_model):
    return django_user_model.objects.create_user(phone="+8613800000002")


def _told(user, key="k", **fields):
    return services.notify(key=key, recipient=user, body="你的预约已确认。", **fields)[0]


@pytest.fixture(autouse=True)
def _emails_go_to_the_outbox(settings):
    settings.EMAIL_BACKEND = "marketplace.notifications.email.OutboxEmailBackend"


def test_outbox_shows_what_would_have_been_sent(client):
    services.send_sms(phone="+8613800000009", body="验证码 123456，5 分钟内有效。", key="code:1")
    send_mail("重设密码", "打开链接", None, ["b@example.com"])
    page = client.get("/dev/outbox/").content.decode()
    assert '<p class="letter__code num" aria-label="验证码">123456</p>' in page
    assert "b@example.com" in page and "重设密码" in page


def test_an_order_number_is_not_shown_as_a_code(client, parent):
    services.notify(key="k", recipient=parent, body="订单 261122 已付款。")
    assert "letter__code" not in client.get("/dev/outbox/").content.decode()


@pytest.mark.parametrize("words", ["138 0000 0009", "+8613800000009", "0009"])
def test_outbox_is_searched_by_phone(client, words):
    services.send_sms(phone="+8613800000009", body="验证码 123456", key="code:1")
    services.send_sms(phone="+8613800000008", body="验证码 654321", key="code:2")
    page = client.get("/dev/outbox/", {"q": words}).content.decode()
    assert "123456" in page and "654321" not in page


def test_outbox_is_closed_in_production(client, settings):
    settings.OUTBOX_ENABLED = False
    assert client.get("/dev/outbox/").status_code == 404


def test_our_own_emails_stand_in_the_outbox_once(django_user_model):
    teacher = django_user_model.objects.create_user(email="a@example.com")
    services.notify(key="k", recipient=teacher, body="你好")
    services.deliver_waiting_messages()
    assert Message.objects.filter(channel="email").count() == 1


def test_inbox_is_for_people_who_signed_in(client):
    assert client.get("/inbox/").status_code == 302


def test_empty_inbox_says_so(client, parent):
    client.force_login(parent)
    assert "还没有消息" in client.get("/inbox/").content.decode()


def test_inbox_shows_ones_own_messages_only(client, parent, stranger):
    _told(stranger)
    client.force_login(parent)
    assert "你的预约已确认" not in client.get("/inbox/").content.decode()


def test_opening_a_message_marks_it_read_and_leads_on(client, parent):
    message = _told(parent, url="/bookings/")
    client.force_login(parent)
    response = client.post(f"/inbox/{message.public_id}/")
    message.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, "/bookings/")
    assert message.read_at


def test_a_strangers_message_is_not_found(client, parent, stranger):
    message = _told(stranger)
    client.force_login(parent)
    assert client.post(f"/inbox/{message.public_id}/").status_code == 404
    message.refresh_from_db()
    assert message.read_at is None


def test_all_are_marked_read_at_once(client, parent):
    _told(parent, "a"), _told(parent, "b")
    client.force_login(parent)
    client.post("/inbox/read/")
    assert not Message.objects.filter(channel="in_app", read_at=None).exists()


def test_inbox_costs_the_same_whatever_its_size(client, parent, django_assert_num_queries):
    client.force_login(parent)
    client.get("/inbox/")
    for number in range(25):
        _told(parent, f"k{number}")
    with django_assert_num_queries(5):
        client.get("/inbox/")
