"""How young people come in: by age, alone or with a guardian's consent, and back in without phone or e-mail."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from marketplace.accounts.enums import AgreementKind, Role
from marketplace.accounts.models import RecoveryCode, User
from marketplace.accounts.selectors import agreements_for
from marketplace.accounts.services import accept_agreements
from marketplace.core.audit.models import AuditEvent
from marketplace.families import services
from marketplace.families.age_rules import birthday
from marketplace.families.errors import (
    AlreadyGrownUp,
    BornInTheFuture,
    LoginNameTaken,
    NeedsGuardian,
    NoAccountYet,
    NotAskable,
    NotYourChild,
    OnlyGrownUpsCare,
    WrongRecoveryCode,
)
from marketplace.families.models import Child, Guardianship, Invitation
from marketplace.notifications.models import Message
from tests.factories import PASSWORD, make_child, make_parent, make_teen, make_user, signed_in

pytestmark = pytest.mark.django_db
SIGN_UP = "/accounts/signup/teen/"
NEW_PASSWORD = "a-new-lantern-9"


def born(age, *, days=0):
    """The birth date of somebody who becomes this old so many days from now."""
    today = timezone.localdate() + timedelta(days=days)
    return birthday(today.replace(year=today.year - age) if (today.month, today.day) != (2, 29) else today, 0)


def date_fields(born_on):
    return {"born_on_year": born_on.year, "born_on_month": born_on.month, "born_on_day": born_on.day}


def state(client, born_on):
    return client.post(SIGN_UP, {"step": "age"} | date_fields(born_on), follow=True).content.decode()


def settle(client, born_on):
    state(client, born_on)
    return client.post(SIGN_UP, {"step": "confirm"}, follow=True).content.decode()


def account(**fields):
    versions = ",".join(str(agreement.pk) for agreement in agreements_for(Role.TEEN))
    data = {
        "nickname": "小禾",
        "login_name": "小禾2010",
        "password1": NEW_PASSWORD,
        "agree": "on",
        "versions": versions,
    }
    return {"step": "account"} | data | fields


def is_signed_in(client):
    return "_auth_user_id" in client.session


# --- signing up --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "sentence"),
    [
        (7, "请爸爸妈妈来帮你"),
        (8, "我们先请一位家长同意"),
        (13, "我们先请一位家长同意"),
        (14, "你自己的账号"),
        (17, "你自己的账号"),
        (18, "你已经成年了"),
    ],
)
def test_each_age_finds_its_page(client, age, sentence):
    assert "先说说你的生日" in client.get(SIGN_UP).content.decode()
    assert "这样对吗" in state(client, born(age))
    page = client.post(SIGN_UP, {"step": "confirm"}, follow=True).content.decode()
    assert sentence in page and "/help/now/" in page
    assert not User.objects.exists() and not Child.objects.exists()


def test_the_day_before_the_14th_birthday_is_still_13(client):
    assert "我们先请一位家长同意" in settle(client, born(14, days=1))


def test_the_first_page_gives_no_hint_which_ages_it_is_for(client):
    page = client.get(SIGN_UP).content.decode().split("<main")[1].split("</form>")[0]
    assert "岁" not in page and "家长" not in page
    assert 'name="nickname"' not in page and 'name="login_name"' not in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"born_on_month": 2, "born_on_day": 30}, "没有这一天"),
        ({"born_on_day": ""}, "没有这一天"),
    ],
)
def test_a_date_that_is_none(client, fields, sentence):
    response = client.post(SIGN_UP, {"step": "age"} | date_fields(born(15)) | fields)
    assert response.status_code == 422 and sentence in response.content.decode()


def test_a_date_to_come(client):
    tomorrow = timezone.localdate() + timedelta(days=1)
    page = client.post(SIGN_UP, {"step": "age"} | date_fields(tomorrow)).content.decode()
    assert "出生日期还没到" in page or "没有这一天" in page


def test_a_teen_signs_up_without_phone_and_email_and_is_offered_codes(client):
    settle(client, born(15))
    response = client.post(SIGN_UP, account())
    assert response["Location"] == "/accounts/recovery-codes/"
    teen = User.objects.get()
    assert (teen.role, teen.login_name, teen.phone, teen.email) == (Role.TEEN, "小禾2010", None, None)
    assert teen.young_profile.born_on == born(15) and teen.young_profile.nickname == "小禾"
    assert is_signed_in(client) and "stated_age" not in client.session
    kinds = {acceptance.agreement.kind for acceptance in teen.agreement_acceptances.select_related("agreement")}
    assert kinds == {AgreementKind.USER, AgreementKind.PRIVACY}
    assert client.get(response["Location"]).status_code == 200


def test_what_a_parent_will_see_is_said_in_plain_words(client):
    assert "看不到为什么约" in settle(client, born(15))
    client.session.flush()
    client.cookies.clear()
    assert "你不给看，家长就看不到" in settle(client, born(16))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"nickname": " "}, "请写一个称呼"),
        ({"login_name": "ab"}, "登录名要 3–30 个字"),
        ({"login_name": "13800001111"}, "登录名要 3–30 个字"),
        ({"login_name": "a@b.cn"}, "登录名要 3–30 个字"),
        ({"password1": "12345678"}, "密码"),
        ({"password1": "小禾2010小"}, "太"),
        ({"agree": ""}, "请先看一眼"),
        ({"versions": "0"}, "约定刚刚有更新"),
    ],
)
def test_mistakes_are_explained_and_nothing_is_kept(client, fields, sentence):
    settle(client, born(15))
    response = client.post(SIGN_UP, account(**fields))
    assert response.status_code == 422 and sentence in response.content.decode()
    assert not User.objects.exists()


def test_a_login_name_is_taken_once_however_it_is_written(client):
    services.sign_up_teen(nickname="甲", born_on=born(15), login_name="xiaohe", password=NEW_PASSWORD)
    settle(client, born(15))
    response = client.post(SIGN_UP, account(login_name=" ＸiaoHe "))
    assert response.status_code == 409 and "换一个试试" in response.content.decode()
    with pytest.raises(LoginNameTaken):
        services.sign_up_teen(nickname="乙", born_on=born(15), login_name="xiaohe", password=NEW_PASSWORD)
    assert Child.objects.count() == 1


@pytest.mark.parametrize("step", ["account", "ask"])
def test_no_step_is_skipped(client, step):
    state(client, born(15))
    client.post(SIGN_UP, account(step=step))
    assert not User.objects.exists() and not Child.objects.exists()


def test_an_account_cannot_be_sent_from_the_page_for_younger_ones(client):
    settle(client, born(13))
    client.post(SIGN_UP, account())
    assert not User.objects.exists() and not Child.objects.exists()


def test_who_is_signed_in_needs_no_second_account():
    assert signed_in(make_teen()).get(SIGN_UP)["Location"] == "/me/"


@pytest.mark.parametrize(
    ("born_on", "refusal"),
    [
        (born(13), NeedsGuardian),
        (born(14, days=1), NeedsGuardian),
        (born(18), AlreadyGrownUp),
        (born(0, days=1), BornInTheFuture),
    ],
)
def test_the_service_refuses_other_ages(born_on, refusal):
    with pytest.raises(refusal):
        services.sign_up_teen(nickname="小禾", born_on=born_on, login_name="xiaohe", password=NEW_PASSWORD)
    assert not User.objects.exists()


# --- a date is not a trick to get in -----------------------------------------------------------------------------


def test_an_older_age_does_not_undo_a_younger_one_for_a_day(client, monkeypatch):
    settle(client, born(12))
    page = state(client, born(15))
    assert "我们先请一位家长同意" in page and "过一天可以重新填" in page
    client.post(SIGN_UP, account())
    assert not User.objects.exists()
    assert client.get("/help/now/").status_code == 200
    now = timezone.now().timestamp()
    monkeypatch.setattr("marketplace.families.stated_age.time.time", lambda: now + 25 * 3600)
    assert "你自己的账号" in settle(client, born(15))


def test_a_slip_is_put_right_before_it_is_confirmed(client):
    state(client, born(2))
    assert "先说说你的生日" in client.get(f"{SIGN_UP}?change=1").content.decode()
    assert "你自己的账号" in settle(client, born(15))


def test_who_tries_date_after_date_is_taken_at_the_youngest(client):
    for age in (9, 12, 13):
        state(client, born(age))
    page = state(client, born(15))
    assert "请爸爸妈妈来帮你" not in page and "我们先请一位家长同意" in page
    assert "过一天可以重新填" in page


def test_a_younger_age_is_believed_at_any_time(client):
    settle(client, born(15))
    assert "我们先请一位家长同意" in settle(client, born(13))


# --- asking a parent first ------------------------------------------------------------------------------------------


def ask(client, age=12, nickname="小苗"):
    settle(client, born(age))
    return client.post(SIGN_UP, {"step": "ask", "nickname": nickname})


def test_a_child_asks_a_parent_and_only_what_that_needs_is_kept(client):
    page = ask(client).content.decode()
    invitation = Invitation.objects.get()
    assert "/family/invitation/" in page and "7 天" not in page or "到期后我们会删掉" in page
    assert invitation.invited_by is None and not User.objects.exists()
    child = Child.objects.get()
    assert (child.nickname, child.born_on, child.school_year, child.account) == ("小苗", born(12), None, None)


def test_a_parent_answers_and_then_the_child_gets_an_account(client):
    page = ask(client).content.decode()
    path = page[page.index("/family/invitation/") :].split("<")[0]
    mother = make_user()
    signed_in(mother).post(path, {"relation": "mother"})
    child = Child.objects.get()
    assert Guardianship.objects.get(child=child).guardian == mother
    invited = services.invite_teen(invited_by=mother, child=child)
    response = client.post(SIGN_UP, account(next=f"/family/invitation/{invited.token}/", login_name="xiaomiao"))
    assert response["Location"] == "/accounts/recovery-codes/"
    child.refresh_from_db()
    assert child.account.login_name == "xiaomiao" and is_signed_in(client)
    assert Child.objects.count() == 1


def test_unanswered_asks_vanish_after_seven_days(client):
    ask(client)
    now = timezone.now()
    assert services.forget_unanswered_asks(now=now + timedelta(days=7) - timedelta(minutes=1)) == 0
    assert services.forget_unanswered_asks(now=now + timedelta(days=7, minutes=1)) == 1
    assert not Child.objects.exists() and not Invitation.objects.exists()


def test_answered_asks_and_other_profiles_stay(client):
    asked = services.ask_before_account(nickname="小苗", born_on=born(12))
    mother = make_parent()
    services.accept_invitation(secret=asked.token, user=mother)
    make_teen()
    assert services.forget_unanswered_asks(now=timezone.now() + timedelta(days=30)) == 0
    assert Child.objects.count() == 3


@pytest.mark.parametrize("age", [7, 14, 18])
def test_other_ages_do_not_ask(age):
    with pytest.raises(NotAskable):
        services.ask_before_account(nickname="小苗", born_on=born(age))


def test_an_invited_child_under_8_gets_no_account(client):
    mother = make_user()
    child = make_child(mother, born_on=born(9))
    invited = services.invite_teen(invited_by=mother, child=child)
    Child.objects.filter(pk=child.pk).update(born_on=born(7))
    client.post(SIGN_UP, account(next=f"/family/invitation/{invited.token}/"))
    assert not User.objects.filter(role=Role.TEEN).exists()


@pytest.mark.parametrize("path", ["/family/invitation/unknown/", "//evil.example/", "/me/", "https://evil.example/"])
def test_another_way_back_is_no_invitation(client, path):
    assert "先说说你的生日" in client.get(f"{SIGN_UP}?next={path}").content.decode()


# --- signing in by login name -------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["xiaohe", " XiaoHe ", "ｘｉａｏｈｅ"])
def test_a_login_name_signs_in(client, written):
    services.sign_up_teen(nickname="小禾", born_on=born(15), login_name="xiaohe", password=NEW_PASSWORD)
    assert client.post("/accounts/login/", {"login": written, "password": NEW_PASSWORD})["Location"] == "/me/"
    assert is_signed_in(client)


def test_an_unknown_name_sounds_like_a_wrong_password(client):
    services.sign_up_teen(nickname="小禾", born_on=born(15), login_name="xiaohe", password=NEW_PASSWORD)
    pages = []
    for name in ("xiaohe", "nobody", "!!"):
        page = client.post("/accounts/login/", {"login": name, "password": "wrong-one"}).content.decode()
        assert "登录名或密码不对" in page
        pages.append(page.split("<main")[1].replace(name, "").split("csrfmiddleware")[0])
    assert pages[0] == pages[1]


def test_an_unknown_name_takes_as_many_hashes_as_a_known_one(client, monkeypatch):
    services.sign_up_teen(nickname="小禾", born_on=born(15), login_name="xiaohe", password=NEW_PASSWORD)
    from django.contrib.auth.hashers import MD5PasswordHasher

    counts = []
    encode = MD5PasswordHasher.encode
    for name in ("xiaohe", "nobody"):
        hashes = []
        monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *a, hashes=hashes: hashes.append(1) or encode(*a))
        client.post("/accounts/login/", {"login": name, "password": "wrong-one"})
        counts.append(len(hashes))
    assert counts[0] == counts[1]


def test_guessing_at_a_login_name_is_stopped(client):
    services.sign_up_teen(nickname="小禾", born_on=born(15), login_name="xiaohe", password=NEW_PASSWORD)
    for number in range(12):
        client.post("/accounts/login/", {"login": "xiaohe", "password": f"wrong-{number}"})
    client.post("/accounts/login/", {"login": "XIAOHE", "password": NEW_PASSWORD})
    assert not is_signed_in(client)


# --- a forgotten password ---------------------------------------------------------------------------------------


def recover(client, **fields):
    data = {"login_name": "xiaohe", "code": "", "password1": NEW_PASSWORD}
    return client.post("/accounts/recover/", data | fields)


@pytest.fixture
def teen(db):
    return make_teen(login_name="xiaohe")


@pytest.fixture
def codes(teen):
    return services.issue_recovery_codes(user=teen)


def test_codes_are_shown_once_and_kept_as_hashes(teen):
    client = signed_in(teen)
    assert "拿到我的恢复码" in client.get("/accounts/recovery-codes/").content.decode()
    response = client.post("/accounts/recovery-codes/")
    page = response.content.decode()
    assert "no-store" in response["Cache-Control"]
    digests = list(RecoveryCode.objects.values_list("digest", flat=True))
    assert len(digests) == 3 and page.count('<li class="num">') == 3
    shown = page.split('<li class="num">')[1].split("<")[0]
    assert shown not in str(digests) and shown.replace("-", "") not in str(digests)
    assert shown not in client.get("/accounts/recovery-codes/").content.decode()


def test_new_codes_take_the_password_once_more(teen, codes):
    response = signed_in(teen).post("/accounts/recovery-codes/")
    assert response.status_code == 302 and "reauthenticate" in response["Location"]


def test_a_code_sets_a_new_password_once_and_the_others_stay(client, teen, codes):
    elsewhere = signed_in(teen)
    assert recover(client, code=codes[1].upper().replace("-", " ")).status_code == 302
    teen.refresh_from_db()
    assert teen.check_password(NEW_PASSWORD)
    assert elsewhere.get("/me/").status_code == 302  # every session ends
    assert RecoveryCode.objects.filter(used_at=None).count() == 2
    assert "每个码只能用一次" in recover(client, code=codes[1], password1="another-lantern-7").content.decode()
    assert recover(client, code=codes[0], password1="another-lantern-7").status_code == 302
    assert "恢复码" in Message.objects.filter(recipient=teen).first().body


@pytest.mark.parametrize("fields", [{"login_name": "nobody"}, {"code": "aaaa-bbbb-cccc"}, {"login_name": "!"}])
def test_nobody_learns_what_was_wrong(client, codes, fields):
    response = recover(client, **({"code": codes[0]} | fields))
    assert response.status_code == 422 and "登录名和恢复码对不上" in response.content.decode()


def test_as_many_digests_are_tried_for_everybody(codes, monkeypatch):
    tried = []
    monkeypatch.setattr(
        "marketplace.families.services.recovery.check_password", lambda bare, digest: tried.append(digest) and False
    )
    for name in ("xiaohe", "nobody"):
        with pytest.raises(WrongRecoveryCode):
            services.recover_teen_account(login_name=name, code="x", password=NEW_PASSWORD)
    assert len(tried) == 8


def test_guessing_codes_is_slowed_by_account(client, teen, codes):
    for number in range(8):
        recover(client, code=f"aaaa-bbbb-ccc{number}")
    assert "太快了" in recover(client, code=codes[0]).content.decode()
    teen.refresh_from_db()
    assert not teen.check_password(NEW_PASSWORD)
    cache.clear()
    assert recover(client, code=codes[0]).status_code == 302


def test_a_weak_password_uses_no_code_up(client, codes):
    assert recover(client, code=codes[0], password1="12345678").status_code == 422
    assert RecoveryCode.objects.filter(used_at=None).count() == 3


def test_new_printed_codes_replace_the_old(teen, codes):
    services.issue_recovery_codes(user=teen)
    with pytest.raises(WrongRecoveryCode):
        services.recover_teen_account(login_name="xiaohe", code=codes[0], password=NEW_PASSWORD)


def test_people_with_a_phone_have_no_such_page():
    assert signed_in(make_user()).get("/accounts/recovery-codes/").status_code == 404


# --- a guardian helps ----------------------------------------------------------------------------------------------


def test_a_guardian_helps_back_in_and_the_teen_is_told(client):
    mother = make_user()
    teen = make_teen(mother, login_name="xiaohe")
    code = services.reset_teen_password_by_guardian(guardian=mother, child=teen.young_profile)
    assert "如果不是你请 TA 帮忙" in Message.objects.get(recipient=teen).body
    event = AuditEvent.objects.get()
    assert event.subject_id == teen.young_profile.public_id and event.actor_id == mother.public_id
    teen.refresh_from_db()
    assert teen.check_password(PASSWORD)  # good until the code is used
    assert recover(client, code=code).status_code == 302
    teen.refresh_from_db()
    assert teen.check_password(NEW_PASSWORD)


def test_a_guardians_code_lasts_a_day():
    mother = make_user()
    teen = make_teen(mother, login_name="xiaohe")
    code = services.reset_teen_password_by_guardian(guardian=mother, child=teen.young_profile)
    with pytest.raises(WrongRecoveryCode):
        services.recover_teen_account(
            login_name="xiaohe", code=code, password=NEW_PASSWORD, now=timezone.now() + timedelta(hours=24, minutes=1)
        )


def test_printed_codes_survive_a_guardians_help(teen, codes):
    mother = make_user()
    Guardianship.objects.create(guardian=mother, child=teen.young_profile)
    services.reset_teen_password_by_guardian(guardian=mother, child=teen.young_profile)
    services.recover_teen_account(login_name="xiaohe", code=codes[0], password=NEW_PASSWORD)


def test_only_full_guardians_of_minors_help():
    mother = make_user()
    teen = make_teen(mother)
    with pytest.raises(NotYourChild):
        services.reset_teen_password_by_guardian(guardian=make_user(), child=teen.young_profile)
    with pytest.raises(NoAccountYet):
        services.reset_teen_password_by_guardian(guardian=mother, child=make_child(mother))
    Child.objects.filter(account=teen).update(born_on=born(18))
    with pytest.raises(NotYourChild):
        services.reset_teen_password_by_guardian(guardian=mother, child=teen.young_profile)
    assert not RecoveryCode.objects.exists()


def test_the_guardians_page_asks_for_the_password_and_shows_the_code_once():
    mother = make_user()
    child = make_teen(mother, login_name="xiaohe").young_profile
    client = signed_in(mother)
    path = f"/family/{child.public_id}/password/"
    assert client.get(path).status_code == 200
    assert "reauthenticate" in client.post(path)["Location"]
    client.post(f"/accounts/reauthenticate/?next={path}", {"password": PASSWORD})
    page = client.post(path).content.decode()
    assert "xiaohe" in page and "24 小时内有效" in page


def test_a_teen_adds_no_children_of_their_own():
    teen = make_teen()
    with pytest.raises(OnlyGrownUpsCare):
        services.add_child(guardian=teen, nickname="小舟", born_on=born(9))
    assert not Guardianship.objects.exists()


def test_a_teen_may_add_a_phone_later(client):
    teen = make_teen()
    accept_agreements(user=teen, agreements=agreements_for(Role.TEEN))
    client.post("/accounts/login/", {"login": teen.login_name, "password": PASSWORD})
    for path in ("/accounts/settings/", "/accounts/phone/change/", "/accounts/email/", "/accounts/password/change/"):
        assert client.get(path).status_code == 200, path
    client.post("/accounts/phone/change/", {"phone": "138 1111 2222"})
    code = re.search(r"\d{6}", Message.objects.get(address="+8613811112222").body).group()
    client.post("/accounts/phone/verify/", {"code": code})
    teen.refresh_from_db()
    assert teen.phone == "+8613811112222" and teen.phone_verified_at
