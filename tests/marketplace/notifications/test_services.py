"""Messages: once per key, after the fact, and again when a gateway failed."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from marketplace.notifications import services
from marketplace.notifications.channels import NotDelivered
from marketplace.notifications.enums import Channel, MessageStatus
from marketplace.notifications.models import Message


@pytest.fixture
def parent(django_user_model):
    return django_user_model.objects.create_user(phone="+8613800000001", nickname="林女士")


class RefusingSms:
    """A gateway that is down."""

    calls: list[str] = []

    def send(self, *, phone: str, body: str) -> None:
        self.calls.append(phone)
        raise NotDelivered("down")


class CountingSms:
    calls: list[str] = []

    def send(self, *, phone: str, body: str) -> None:
        self.calls.append(body)


@pytest.fixture(autouse=True)
def _no_calls_yet():
    RefusingSms.calls.clear()
    CountingSms.calls.clear()


def _gateway(settings, gateway: type) -> None:
    settings.SMS_GATEWAY = f"{__name__}.{gateway.__name__}"


@pytest.mark.django_db
def test_a_person_with_a_phone_is_told_in_the_app_and_by_sms(parent):
    messages = services.notify(key="booking:1", recipient=parent, body="预约已确认。")
    assert {(m.channel, m.address) for m in messages} == {("in_app", ""), ("sms", parent.phone)}


@pytest.mark.django_db
def test_a_person_without_a_phone_is_told_by_email(django_user_model):
    teacher = django_user_model.objects.create_user(email="a@example.com")
    messages = services.notify(key="booking:1", recipient=teacher, body="预约已确认。", channels=None)
    assert {m.channel for m in messages} == {"in_app", "email"}


@pytest.mark.django_db
def test_channels_that_do_not_reach_the_person_are_left_out(parent):
    messages = services.notify(
        key="k", recipient=parent, body="你好", channels=[Channel.EMAIL, Channel.PUSH, Channel.SMS]
    )
    assert [m.channel for m in messages] == ["sms"]


@pytest.mark.django_db
def test_the_same_key_speaks_once(parent):
    first = services.notify(key="paid:7", recipient=parent, body="已收到付款。")
    again = services.notify(key="paid:7", recipient=parent, body="已收到付款。")
    assert [m.pk for m in first] == [m.pk for m in again]
    assert Message.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_connections_telling_the_same_fact_send_it_once(parent, run_concurrently, settings):
    _gateway(settings, CountingSms)
    outcomes = run_concurrently(lambda _: services.notify(key="paid:7", recipient=parent, body="已收到付款。"), 6)
    assert [o.error for o in outcomes] == [None] * 6
    assert Message.objects.count() == 2
    assert len(CountingSms.calls) == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_when_the_fact_is_rolled_back(parent, settings):
    _gateway(settings, CountingSms)
    with transaction.atomic():
        services.notify(key="k", recipient=parent, body="你好")
        transaction.set_rollback(True)
    assert not Message.objects.exists()
    assert not CountingSms.calls


@pytest.mark.django_db(transaction=True)
def test_it_is_sent_after_the_commit_and_not_before(parent, settings):
    _gateway(settings, CountingSms)
    with transaction.atomic():
        services.notify(key="k", recipient=parent, body="你好", url="/orders/")
        assert not CountingSms.calls
    assert CountingSms.calls == [f"你好 {settings.PUBLIC_BASE_URL}/orders/"]
    assert Message.objects.get(channel="sms").status == MessageStatus.SENT


@pytest.mark.django_db
def test_a_refused_message_is_tried_again_later_and_given_up_at_last(parent, settings):
    _gateway(settings, RefusingSms)
    services.notify(key="k", recipient=parent, body="你好", channels=[Channel.SMS])
    now = timezone.now() + timedelta(seconds=1)
    for wait in services.BACK_OFF:
        assert services.deliver_waiting_messages(now=now) == 0
        attempts = len(RefusingSms.calls)
        assert services.deliver_waiting_messages(now=now + wait - timedelta(seconds=1)) == 0
        assert len(RefusingSms.calls) == attempts, "tried again before its time"
        now += wait
    message = Message.objects.get()
    assert message.status == MessageStatus.FAILED
    assert message.attempts == len(RefusingSms.calls) == len(services.BACK_OFF)


@pytest.mark.django_db
def test_a_retry_reaches_the_person_once_the_gateway_is_back(parent, settings):
    _gateway(settings, RefusingSms)
    services.notify(key="k", recipient=parent, body="你好", channels=[Channel.SMS])
    services.deliver_waiting_messages()
    _gateway(settings, CountingSms)
    assert services.deliver_waiting_messages(now=timezone.now() + services.BACK_OFF[0]) == 1
    assert CountingSms.calls == ["你好"]


@pytest.mark.django_db(transaction=True)
def test_several_workers_share_the_messages(parent, run_concurrently, settings):
    _gateway(settings, CountingSms)
    Message.objects.bulk_create(
        Message(recipient=parent, channel=Channel.SMS, address=parent.phone, body=str(n), key=str(n)) for n in range(24)
    )
    outcomes = run_concurrently(lambda _: services.deliver_waiting_messages(), 4)
    assert sum(o.value for o in outcomes) == 24
    assert sorted(map(int, CountingSms.calls)) == list(range(24))


@pytest.mark.django_db
def test_a_code_is_forgotten_after_sending_where_there_is_no_outbox(settings):
    settings.OUTBOX_ENABLED = False
    services.send_sms(phone="+8613800000009", body="验证码 123456", key="code:1")
    services.deliver_waiting_messages()
    assert Message.objects.get().body == ""


@pytest.mark.django_db
def test_an_email_is_sent_with_a_neutral_subject(django_user_model, settings, mailoutbox):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    teacher = django_user_model.objects.create_user(email="a@example.com")
    services.notify(key="k", recipient=teacher, body="有新的预约。", url="/clinic/", channels=[Channel.EMAIL])
    services.deliver_waiting_messages()
    (mail,) = mailoutbox
    assert (mail.subject, mail.body, mail.to) == (
        "心桥",
        f"有新的预约。 {settings.PUBLIC_BASE_URL}/clinic/",
        ["a@example.com"],
    )


@pytest.mark.django_db
def test_the_log_names_neither_number_nor_words(parent, settings, caplog):
    _gateway(settings, RefusingSms)
    services.notify(key="k", recipient=parent, body="你好", channels=[Channel.SMS])
    services.deliver_waiting_messages()
    assert caplog.records
    assert parent.phone not in caplog.text and "你好" not in caplog.text
