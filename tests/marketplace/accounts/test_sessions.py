"""Where one is signed in: said in plain words, ended one by one, and told when it is somewhere new."""

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from marketplace.accounts.security.devices import device_name
from marketplace.accounts.selectors import agreements_in_force
from marketplace.accounts.services import accept_agreements
from marketplace.notifications.models import Message
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
PAGE = "/accounts/sessions/"
WECHAT = (
    "Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0"
)
LAPTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0"


@pytest.fixture
def user():
    user = make_user()
    accept_agreements(user=user, agreements=agreements_in_force())
    return user


def sign_in(user, agent=LAPTOP, password=PASSWORD) -> Client:
    client = Client(headers={"user-agent": agent})
    client.post("/accounts/login/", {"login": user.phone, "password": password})
    return client


def is_in(client) -> bool:
    return client.get("/me/").status_code == 200


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (WECHAT, "安卓手机 · 微信"),
        (LAPTOP, "Windows 电脑 · Edge"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1",
            "iPhone · Safari",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14.5; rv:127.0) Gecko/20100101 Firefox/127.0", "苹果电脑 · Firefox"),
        (
            "Mozilla/5.0 (Phone; OpenHarmony 5.0) Chrome/114.0 ArkWeb/4.1 Mobile HuaweiBrowser/5.0",
            "鸿蒙手机 · 华为浏览器",
        ),
        ("", "一台设备"),
        ("curl/8.0", "一台设备"),
    ],
)
def test_a_device_is_named_in_plain_words(agent, name):
    with translation.override("zh-hans"):
        assert device_name(agent) == name


def test_one_device_is_signed_out_from_another(user):
    phone, laptop = sign_in(user, WECHAT), sign_in(user)
    page = laptop.get(PAGE).content.decode()
    assert "安卓手机 · 微信" in page and "就是这台" in page
    session = UserSession.objects.get(user_agent=WECHAT)
    laptop.post(PAGE, {"session": session.pk})
    assert is_in(laptop) and not is_in(phone)
    assert "安卓手机" not in laptop.get(PAGE).content.decode()


def test_everywhere_else_at_once(user):
    others, laptop = [sign_in(user, WECHAT) for _ in range(3)], sign_in(user)
    laptop.post(PAGE)
    assert is_in(laptop) and not any(is_in(other) for other in others)
    assert UserSession.objects.filter(user=user).count() == 1


def test_strangers_sessions_are_nobodys_business(user):
    other = make_user()
    accept_agreements(user=other, agreements=agreements_in_force())
    theirs, ours = sign_in(other, WECHAT), sign_in(user)
    assert "安卓手机" not in ours.get(PAGE).content.decode()
    session = UserSession.objects.get(user=other)
    assert ours.post(PAGE, {"session": session.pk}).status_code == 404
    assert ours.post(PAGE, {"session": "x"}).status_code == 404
    ours.post(PAGE)
    assert is_in(theirs)
    assert Client().get(PAGE)["Location"].startswith("/accounts/login/")


def test_a_new_password_signs_out_everywhere_else(user):
    phone, laptop = sign_in(user, WECHAT), sign_in(user)
    laptop.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "a-new-lantern-9"})
    assert is_in(laptop) and not is_in(phone)
    assert "安卓手机" not in laptop.get(PAGE).content.decode()


def test_a_new_device_is_told_and_a_known_one_is_not(user):
    first = sign_in(user)
    assert not Message.objects.filter(recipient=user).exists(), "the very first time there is nothing to compare with"
    first.post("/accounts/logout/")
    first.post("/accounts/login/", {"login": user.phone, "password": PASSWORD})
    assert not Message.objects.filter(recipient=user).exists()
    sign_in(user, WECHAT)
    bodies = set(Message.objects.filter(recipient=user).values_list("channel", flat=True))
    assert bodies == {"in_app", "sms"}
    assert "安卓手机 · 微信" in Message.objects.filter(recipient=user).first().body


def test_many_sessions_cost_no_more_queries(user):
    client = sign_in(user)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGE).status_code == 200
        return len(captured)

    sign_in(user, WECHAT)
    few = queries()
    for _ in range(5):
        sign_in(user, WECHAT)
    assert queries() == few
