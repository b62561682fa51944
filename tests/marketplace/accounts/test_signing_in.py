"""Signing in by code and by password, forgotten passwords, and what a stranger cannot learn."""

import pytest
from django.utils import timezone

from marketplace.accounts.enums import Role
from marketplace.accounts.models import Agreement, User
from marketplace.accounts.selectors import agreements_in_force
from marketplace.accounts.services import accept_agreements
from marketplace.notifications.models import Message

pytestmark = pytest.mark.django_db
PHONE = "+8613800001111"
PASSWORD = "paper-boat-on-the-lake"


def make_person(**fields) -> User:
    person = User.objects.create_user(
        **({"phone": PHONE, "phone_verified_at": timezone.now(), "password": PASSWORD, "nickname": "林女士"} | fields)
    )
    accept_agreements(user=person, agreements=agreements_in_force())
    return person


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def sign_in_by_code(client, last_code, path="/accounts/login/code/", **fields):
    client.post(path, {"phone": "138 0000 1111"} | fields)
    return client.post("/accounts/login/code/confirm/", {"code": last_code()} | fields)


def test_a_code_signs_in(client, last_code):
    make_person()
    assert sign_in_by_code(client, last_code)["Location"] == "/me/"
    assert is_signed_in(client)


def test_after_signing_in_people_go_back_to_where_they_were(client, last_code):
    make_person()
    assert sign_in_by_code(client, last_code, next="/family/")["Location"] == "/family/"


def test_nobody_is_led_to_another_site(client, last_code):
    make_person()
    assert sign_in_by_code(client, last_code, next="https://evil.example/")["Location"] == "/me/"


@pytest.mark.parametrize(
    ("role", "start"),
    [
        (Role.FAMILY, "/me/"),
        (Role.PRACTITIONER, "/clinic/"),
        (Role.PARTNER_STAFF, "/clinic/"),
        (Role.STAFF, "/backoffice/"),
    ],
)
def test_people_land_where_they_work(client, last_code, role, start):
    make_person(role=role)
    assert sign_in_by_code(client, last_code)["Location"].startswith(start)


@pytest.mark.parametrize("login", ["138 0000 1111", "+86 138-0000-1111", "lin@example.com", " Lin@Example.com "])
def test_a_password_signs_in_by_phone_and_by_email(client, login):
    make_person(email="lin@example.com")
    client.post("/accounts/login/", {"login": login, "password": PASSWORD})
    assert is_signed_in(client)


@pytest.mark.parametrize("login", [PHONE, "+8613899999999", "lin@example.com", "nobody@example.com"])
def test_a_wrong_password_sounds_the_same_whoever_it_is(client, login):
    make_person(email="lin@example.com")
    page = client.post("/accounts/login/", {"login": login, "password": "wrong"}).content.decode()
    assert ("手机号或密码不对" if login.startswith("+") else "邮箱或密码不对") in page


def test_an_unknown_number_looks_like_a_known_one(client):
    make_person()
    pages = []
    for phone, spoken in ((PHONE, "138 0000 1111"), ("+8613899999999", "138 9999 9999")):
        client.logout()
        response = client.post("/accounts/login/code/", {"phone": phone})
        assert response["Location"] == "/accounts/login/code/confirm/"
        page = client.get("/accounts/login/code/confirm/").content.decode()
        pages.append(page.replace(spoken, "").split("<main")[1].split("csrf")[0])
    assert pages[0] == pages[1]
    assert "还没有注册" in Message.objects.get(address="+8613899999999").body


def test_sending_again_works_for_an_unknown_number_too(client):
    client.post("/accounts/login/code/", {"phone": "+8613899999999"})
    assert client.post("/accounts/login/code/confirm/", {"action": "resend"}).status_code == 302
    assert Message.objects.filter(address="+8613899999999").count() == 1


def test_a_code_is_sent_again_and_the_new_one_counts(client, last_code):
    make_person()
    client.post("/accounts/login/code/", {"phone": PHONE})
    first = last_code()
    client.post("/accounts/login/code/confirm/", {"action": "resend"})
    assert Message.objects.filter(address=PHONE).count() == 2
    if first != last_code():
        client.post("/accounts/login/code/confirm/", {"code": first})
        assert not is_signed_in(client)
    client.post("/accounts/login/code/confirm/", {"code": last_code()})
    assert is_signed_in(client)


def test_a_late_code_says_that_it_is_late(client, last_code, settings):
    make_person()
    client.post("/accounts/login/code/", {"phone": PHONE})
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1
    response = client.post("/accounts/login/code/confirm/", {"code": last_code()}, follow=True)
    assert "验证码过期了" in response.content.decode()
    assert not is_signed_in(client)


def test_guessing_passwords_is_stopped(client):
    make_person()
    for _ in range(6):
        client.post("/accounts/login/", {"login": PHONE, "password": "wrong"})
    page = client.post("/accounts/login/", {"login": PHONE, "password": PASSWORD}).content.decode()
    assert "试的次数有点多" in page
    assert not is_signed_in(client)


def test_asking_for_codes_without_end_is_stopped(client):
    make_person()
    for _ in range(8):
        client.logout()
        client.post("/accounts/login/code/", {"phone": PHONE})
    assert Message.objects.filter(address=PHONE).count() == 5


def test_an_inactive_person_stays_outside(client, last_code):
    make_person(is_active=False)
    sign_in_by_code(client, last_code)
    assert not is_signed_in(client)


def test_a_forgotten_password_is_replaced_by_phone(client, last_code):
    person = make_person()
    response = client.post("/accounts/password/reset/", {"login": "138 0000 1111"})
    confirm = response["Location"]
    assert client.post(confirm, {"code": last_code()})["Location"] == "/accounts/password/new/"
    client.post("/accounts/password/new/", {"password1": "a-new-lantern-9"})
    person.refresh_from_db()
    assert person.check_password("a-new-lantern-9") and is_signed_in(client)


def test_a_forgotten_password_is_replaced_by_email(client, last_code):
    person = make_person(email="lin@example.com")
    client.post("/accounts/password/reset/", {"login": "lin@example.com"})
    client.post("/accounts/password/reset/confirm/", {"code": last_code("lin@example.com")})
    client.post("/accounts/password/reset/complete/", {"password1": "a-new-lantern-9"})
    person.refresh_from_db()
    assert person.check_password("a-new-lantern-9")


@pytest.mark.parametrize("login", ["+8613899999999", "nobody@example.com"])
def test_resetting_does_not_tell_who_has_an_account(client, login):
    make_person(email="lin@example.com")
    known = PHONE if login.startswith("+") else "lin@example.com"
    answers = {client.post("/accounts/password/reset/", {"login": address})["Location"] for address in (known, login)}
    assert len(answers) == 1


def test_a_password_alone_does_not_open_the_page_for_a_new_one(client):
    make_person()
    client.post("/accounts/login/", {"login": PHONE, "password": PASSWORD})
    assert client.get("/accounts/password/new/")["Location"] == "/accounts/password/change/"


def test_who_never_proved_a_number_loses_it_to_who_does(client, last_code):
    """Somebody signed up with a stranger's number, a password and an e-mail of their own, and never proved it."""
    intruder = make_person(phone_verified_at=None, email="intruder@example.com")
    sign_in_by_code(client, last_code)
    intruder.refresh_from_db()
    assert is_signed_in(client) and intruder.phone_verified_at
    assert not intruder.has_usable_password() and intruder.email is None


def test_a_changed_text_is_asked_about_at_the_next_sign_in(client, last_code):
    person = make_person()
    new = Agreement.objects.create(
        kind="privacy",
        version="2026.2",
        effective_at=timezone.now(),
        title="隐私",
        title_en="P",
        body="新",
        body_en="New",
    )
    assert sign_in_by_code(client, last_code, next="/family/")["Location"] == "/accounts/agreements/"
    assert not is_signed_in(client)
    assert "2026.2" in client.get("/accounts/agreements/").content.decode()
    assert "请先看一眼" in client.post("/accounts/agreements/", {}).content.decode()
    assert client.post("/accounts/agreements/", {"agree": "on"})["Location"] == "/family/"
    assert is_signed_in(client)
    assert person.agreement_acceptances.filter(agreement=new).exists()


def test_a_text_of_tomorrow_is_not_asked_about(client, last_code):
    make_person()
    Agreement.objects.create(
        kind="privacy",
        version="2027.1",
        effective_at=timezone.now() + timezone.timedelta(days=1),
        title="隐私",
        title_en="P",
        body="新",
        body_en="New",
    )
    assert sign_in_by_code(client, last_code)["Location"] == "/me/"


def test_a_changed_number_is_proven_and_the_old_one_told(client, last_code):
    person = make_person()
    sign_in_by_code(client, last_code)
    client.post("/accounts/phone/change/", {"phone": "13800002222"})
    person.refresh_from_db()
    assert person.phone == PHONE
    client.post("/accounts/phone/verify/", {"code": last_code("+8613800002222")})
    person.refresh_from_db()
    assert person.phone == "+8613800002222"
    assert "已更换手机号" in Message.objects.filter(address=PHONE).order_by("-pk").first().body


def test_signing_out_needs_a_post(client, last_code):
    make_person()
    sign_in_by_code(client, last_code)
    assert client.get("/accounts/logout/").status_code == 200
    assert is_signed_in(client)
    assert client.post("/accounts/logout/")["Location"] == "/"
    assert not is_signed_in(client)


def test_the_nickname_is_changed_under_settings(client, last_code):
    person = make_person()
    sign_in_by_code(client, last_code)
    client.post("/accounts/settings/", {"nickname": "小禾妈妈"})
    person.refresh_from_db()
    assert person.nickname == "小禾妈妈"
