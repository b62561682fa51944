"""Signing up by phone with a code, and by e-mail with a password."""

import pytest
from django.utils import timezone

from marketplace.accounts.models import Agreement, User
from marketplace.notifications.models import Message

pytestmark = pytest.mark.django_db
PHONE = "+8613800001111"


def test_a_phone_and_its_code_open_an_account(client, signup_data, last_code):
    response = client.post("/accounts/signup/", signup_data())
    assert response["Location"] == "/accounts/phone/verify/"
    assert "_auth_user_id" not in client.session, "nobody is signed in before the number is proven"

    response = client.post("/accounts/phone/verify/", {"code": last_code()})
    assert response["Location"] == "/me/"
    user = User.objects.get(phone=PHONE)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert (user.nickname, user.email, user.role) == ("林女士", None, "family")
    assert user.phone_verified_at and not user.has_usable_password()


def test_the_code_leads_back_to_where_the_person_came_from(client, signup_data, last_code):
    client.post("/accounts/signup/", signup_data(next="/family/add/"))
    response = client.post("/accounts/phone/verify/", {"code": last_code()})
    assert response["Location"] == "/family/add/"


def test_agreements_are_recorded_with_their_versions(client, signup_data):
    client.post("/accounts/signup/", signup_data())
    accepted = User.objects.get(phone=PHONE).agreement_acceptances.values_list("agreement__kind", "agreement__version")
    assert set(accepted) == {("user", "2026.1"), ("privacy", "2026.1"), ("children", "2026.1")}


def test_without_agreeing_there_is_no_account(client, signup_data):
    page = client.post("/accounts/signup/", signup_data(agree="")).content.decode()
    assert "请先看一眼约定" in page
    assert not User.objects.exists()


def test_nobody_accepts_a_version_they_did_not_see(client, signup_data):
    data = signup_data()
    Agreement.objects.create(
        kind="privacy",
        version="2026.2",
        effective_at=timezone.now(),
        title="隐私",
        title_en="P",
        body="新",
        body_en="New",
    )
    page = client.post("/accounts/signup/", data).content.decode()
    assert "约定刚刚有更新" in page
    assert f'name="versions" value="{signup_data()["versions"]}"' in page
    assert not User.objects.exists()
    assert client.post("/accounts/signup/", signup_data()).status_code == 302


def test_a_wrong_code_says_so_and_may_be_tried_again(client, signup_data, last_code):
    client.post("/accounts/signup/", signup_data())
    wrong = "000000" if last_code() != "000000" else "111111"
    assert "验证码不对，再看一眼短信" in client.post("/accounts/phone/verify/", {"code": wrong}).content.decode()
    assert client.post("/accounts/phone/verify/", {"code": last_code()}).status_code == 302


@pytest.mark.parametrize("write", ["{} {}", "{}-{}", " {}{} "])
def test_a_code_may_be_typed_with_spaces(client, signup_data, last_code, write):
    client.post("/accounts/signup/", signup_data())
    code = last_code()
    assert client.post("/accounts/phone/verify/", {"code": write.format(code[:3], code[3:])})["Location"] == "/me/"


def test_after_too_many_wrong_codes_one_begins_again(client, signup_data, last_code):
    client.post("/accounts/signup/", signup_data())
    code = last_code()
    for _ in range(3):
        response = client.post("/accounts/phone/verify/", {"code": "not it"})
    assert response.status_code == 302
    client.post("/accounts/phone/verify/", {"code": code})
    assert "_auth_user_id" not in client.session


def test_an_expired_code_does_not_sign_in(client, signup_data, last_code, settings):
    client.post("/accounts/signup/", signup_data())
    settings.ACCOUNT_PHONE_VERIFICATION_TIMEOUT = -1
    client.post("/accounts/phone/verify/", {"code": last_code()})
    assert "_auth_user_id" not in client.session


def test_a_code_is_six_digits_sent_to_the_number_typed(client, signup_data, last_code):
    client.post("/accounts/signup/", signup_data(phone="１３８－００００－１１１１"))
    assert len(last_code(PHONE)) == 6


def test_the_number_may_be_changed_before_it_is_proven(client, signup_data, last_code):
    client.post("/accounts/signup/", signup_data())
    client.post("/accounts/phone/verify/", {"action": "change", "phone": "13800002222"})
    client.post("/accounts/phone/verify/", {"code": last_code("+8613800002222")})
    assert User.objects.get().phone == "+8613800002222"


def test_the_same_phone_twice_gives_one_account_and_does_not_tell(client, signup_data, django_user_model):
    django_user_model.objects.create_user(phone=PHONE, nickname="第一位", phone_verified_at=timezone.now())
    response = client.post("/accounts/signup/", signup_data())
    assert response["Location"] == "/accounts/phone/verify/", "looks the same as for a new number"
    assert User.objects.get().nickname == "第一位"
    assert "已经注册过" in Message.objects.get(address=PHONE).body


@pytest.mark.django_db(transaction=True)
def test_two_sign_ups_at_the_same_moment_give_one_account(signup_data, run_concurrently):
    from django.test import Client

    data = signup_data()
    outcomes = run_concurrently(lambda _: Client().post("/accounts/signup/", data).status_code, 2)
    assert [outcome.error for outcome in outcomes] == [None, None]
    assert {outcome.value for outcome in outcomes} <= {302, 429}
    assert User.objects.filter(phone=PHONE).count() == 1


def test_a_second_code_within_half_a_minute_is_refused_kindly(client, signup_data):
    client.post("/accounts/signup/", signup_data())
    client.cookies.clear()
    assert client.post("/accounts/signup/", signup_data()).status_code == 429


def test_an_email_and_a_password_open_an_account(client, signup_data, last_code):
    data = signup_data(by="email", email="Lin@Example.com", password1="paper-boat-7")
    response = client.post("/accounts/signup/", data)
    assert response["Location"] == "/accounts/confirm-email/"
    client.post("/accounts/confirm-email/", {"code": last_code("lin@example.com")})
    user = User.objects.get(email="lin@example.com")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert user.phone is None and user.check_password("paper-boat-7")


def test_by_email_a_password_is_needed(client, signup_data):
    page = client.post("/accounts/signup/", signup_data(by="email", email="lin@example.com")).content.decode()
    assert "请填密码" in page


@pytest.mark.parametrize(
    ("phone", "sentence"), [("123", "手机号看起来不对"), ("", "请填手机号"), ("12800001111", "手机号看起来不对")]
)
def test_a_wrong_number_is_explained(client, signup_data, phone, sentence):
    assert sentence in client.post("/accounts/signup/", signup_data(phone=phone)).content.decode()


def test_a_known_email_is_not_told_on_the_page(client, signup_data, django_user_model):
    django_user_model.objects.create_user(email="lin@example.com", nickname="第一位")
    data = signup_data(by="email", email="lin@example.com", password1="paper-boat-7")
    assert client.post("/accounts/signup/", data)["Location"] == "/accounts/confirm-email/"
    assert User.objects.count() == 1


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/signup/?by=email", "/accounts/login/"])
def test_pages_have_no_style_and_no_script_inline(client, path):
    page = client.get(path).content.decode()
    assert " style=" not in page and "<style" not in page
    assert page.count("<script") == page.count('<script type="module" src=')


def test_phone_keyboards_and_codes_are_helped(client, signup_data):
    assert 'inputmode="tel" autocomplete="tel"' in client.get("/accounts/signup/").content.decode()
    client.post("/accounts/signup/", signup_data())
    page = client.get("/accounts/phone/verify/").content.decode()
    assert 'autocomplete="one-time-code" inputmode="numeric"' in page
