"""The pages of families and invitations: for the right people, signed out too, and no guessing."""

import re
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from marketplace.accounts.enums import Role
from marketplace.families import services
from marketplace.families.enums import GuardianshipScope
from marketplace.families.models import Child, Guardianship, Invitation
from marketplace.families.selectors import guardians_of
from tests.factories import make_child, make_parent, make_user, signed_in

pytestmark = pytest.mark.django_db


def born(age: int) -> date:
    return date(timezone.localdate().year - age, 1, 1)


@pytest.fixture
def mother():
    return make_parent(children=0, nickname="林女士")


@pytest.fixture
def child(mother):
    return make_child(mother, nickname="小禾", born_on=born(14))


@pytest.fixture
def teen():
    return make_user(role=Role.TEEN, nickname="阿禾")


@pytest.fixture
def father():
    return make_user(nickname="何先生")


def made(client: Client, child: Child, kind: str = "guardian", **data: str) -> str:
    """Make an invitation on its page, and return that page."""
    return client.post(f"/family/{child.public_id}/invite/{kind}/", {"scope": "full"} | data).content.decode()


def link_in(page: str) -> str:
    return re.search(r'value="http://testserver(/family/invitation/[^"]+)"', page)[1]


def test_an_invitation_is_shown_with_link_code_and_picture_once(mother, child):
    client = signed_in(mother)
    page = made(client, child)
    assert re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", page) and "<svg" in page and link_in(page)
    assert "style=" not in page.split("<main")[1]
    family = client.get("/family/").content.decode()
    assert "还没接受的邀请" in family and "/family/invitation/" not in family


def test_the_link_is_accepted_by_a_post_only(mother, child, father):
    link = link_in(made(signed_in(mother), child))
    client = signed_in(father)
    for _ in range(3):
        assert "林女士 邀请你一起照顾 小禾" in client.get(link).content.decode()
        client.head(link)
    assert guardians_of(child).count() == 1
    assert client.post(link, {"relation": "father"})["Location"] == "/family/"
    assert guardians_of(child).filter(guardian=father, relation="father").exists()


def test_signed_out_one_reads_what_it_is_and_is_led_to_come_back(client, mother, child):
    link = link_in(made(signed_in(mother), child))
    response = client.get(link)
    page = response.content.decode()
    assert f"/accounts/signup/?next={link}" in page and f"/accounts/login/?next={link}" in page
    assert response["Referrer-Policy"] == "same-origin" and "noindex" in response["X-Robots-Tag"]
    assert client.post(link, {"relation": "father"}).status_code == 200
    assert guardians_of(child).count() == 1


def test_a_teen_is_led_to_the_teens_sign_up(client, mother, child):
    page = client.get(link_in(made(signed_in(mother), child, "teen"))).content.decode()
    assert "/accounts/signup/teen/?next=" in page and "邀请你使用自己的账号" in page


def test_a_teen_with_a_profile_is_told_that_both_stay(mother, child, teen):
    own = Child.objects.create(nickname="阿禾的档案", born_on=born(15), account=teen)
    link = link_in(made(signed_in(mother), child, "teen"))
    client = signed_in(teen)
    assert "不会合并" in client.get(link).content.decode()
    page = client.post(link, follow=True).content.decode()
    assert "你原来的档案没有变" in page
    child.refresh_from_db()
    assert child.account is None and guardians_of(own).get().guardian == mother


def test_a_code_leads_to_the_invitation(client, mother, child):
    code = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", made(signed_in(mother), child))[0]
    response = client.post("/family/join/", {"code": code.lower().replace("-", " ")})
    assert "小禾" in client.get(response["Location"]).content.decode()


def test_a_wrong_code_is_no_error_page(client):
    response = client.post("/family/join/", {"code": "WRONG-CODE"})
    assert response.status_code == 422 and "没有找到这个邀请" in response.content.decode()


def test_guessing_is_slowed_down_by_account(father):
    client = signed_in(father)
    answers = [client.get(f"/family/invitation/AAAA{number:04d}/").status_code for number in range(8)]
    assert answers[0] == 404 and answers[-1] == 429


def test_guessing_is_slowed_down_by_address_and_right_links_are_not_counted(client, mother, child):
    link = link_in(made(signed_in(mother), child))
    assert {client.get(link).status_code for _ in range(70)} == {200}
    answers = [client.get(f"/family/invitation/AAAA{number:04d}/").status_code for number in range(70)]
    assert answers[0] == 404 and answers[-1] == 429


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda row: {"expires_at": timezone.now()}, "已经过了有效期"),
        (lambda row: {"accepted_at": timezone.now()}, "已经用过了"),
        (lambda row: {"revoked_at": timezone.now()}, "已经被收回了"),
    ],
)
def test_what_is_over_says_why(client, mother, child, spoil, sentence):
    link = link_in(made(signed_in(mother), child))
    Invitation.objects.update(**spoil(None))
    assert sentence in client.get(link).content.decode()


def test_ones_own_link_is_explained(mother, child):
    client = signed_in(mother)
    assert "你自己发出的邀请" in client.get(link_in(made(client, child))).content.decode()


def test_a_refusal_stands_on_the_page(mother, child, father):
    make_child(father)
    response = signed_in(father).post(link_in(made(signed_in(mother), child, "teen")))
    assert response.status_code == 409 and "你现在登录的是家长的账号" in response.content.decode()


def test_an_invitation_is_taken_back(mother, child):
    client = signed_in(mother)
    made(client, child)
    row = Invitation.objects.get()
    client.post(f"/family/invitations/{row.public_id}/revoke/")
    row.refresh_from_db()
    assert row.revoked_at and "还没接受的邀请" not in client.get("/family/").content.decode()


# --- strangers ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_finds_nothing(mother, child, father, method):
    invitation = services.invite_guardian(invited_by=mother, child=child).invitation
    row = guardians_of(child).get()
    stranger = signed_in(father)
    paths = [f"/family/{child.public_id}/invite/{kind}/" for kind in ("guardian", "teen", "asks_guardian", "king")]
    for path in [*paths, f"/family/guardians/{row.public_id}/end/"]:
        assert getattr(stranger, method)(path).status_code == 404
    assert stranger.post(f"/family/invitations/{invitation.public_id}/revoke/").status_code == 404
    assert guardians_of(child).count() == 1 and Invitation.objects.get(revoked_at=None) == invitation


@pytest.mark.parametrize("tail", ["", "archive/", "invite/guardian/", "invite/teen/"])
def test_who_only_books_manages_nothing(mother, child, father, tail):
    Guardianship.objects.create(guardian=father, child=child, scope=GuardianshipScope.BOOKING)
    assert signed_in(father).get(f"/family/{child.public_id}/{tail}").status_code == 404


def test_who_was_removed_finds_nothing_at_once(mother, child, father):
    Guardianship.objects.create(guardian=father, child=child, invited_by=mother)
    theirs, mothers = signed_in(father), signed_in(mother)
    assert "小禾" in theirs.get("/family/").content.decode()
    row = guardians_of(child).get(guardian=father)
    assert mothers.post(f"/family/guardians/{row.public_id}/end/")["Location"] == "/family/"
    assert "小禾" not in theirs.get("/family/").content.decode()
    assert theirs.get(f"/family/{child.public_id}/").status_code == 404


def test_the_last_guardian_reads_why_not(mother, child):
    client = signed_in(mother)
    path = f"/family/guardians/{guardians_of(child).get().public_id}/end/"
    assert "至少要有一位监护人" in client.get(path).content.decode()
    assert client.post(path).status_code == 409 and guardians_of(child).count() == 1


def test_a_teen_asks_our_staff_and_nobody_else_hears(mother, child, teen):
    child.account = teen
    child.save()
    client = signed_in(teen)
    path = f"/family/guardians/{guardians_of(child).get().public_id}/end/"
    assert "请工作人员联系我" in client.get(path).content.decode()
    client.post(path)
    assert "已请工作人员处理" in client.get("/family/").content.decode()
    assert "工作人员" not in signed_in(mother).get("/family/").content.decode()


# --- the family page ------------------------------------------------------------------------------------------


def test_a_teen_sees_their_own_family(mother, child, teen):
    child.account = teen
    child.save()
    page = signed_in(teen).get("/family/").content.decode()
    assert "和你连着的家长" in page and "林女士" in page and "请一位家长加入" in page
    assert f"/family/{child.public_id}/archive/" not in page


def test_a_phone_number_stands_on_no_family_page(mother, child):
    nameless = make_user()
    type(nameless).objects.filter(pk=nameless.pk).update(nickname="")
    Guardianship.objects.create(guardian=nameless, child=child)
    page = signed_in(mother).get("/family/").content.decode()
    assert nameless.masked_phone not in page and nameless.phone not in page


def test_what_the_next_birthday_changes_is_told(mother, child):
    page = signed_in(mother).get("/family/").content.decode()
    assert "满 16 岁起" in page and "由孩子决定分享什么" in page


def test_many_children_cost_no_more_queries(mother, child):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(mother)
    client.get("/family/")
    with CaptureQueriesContext(connection) as one:
        client.get("/family/")
    for _ in range(5):
        other = make_child(mother)
        Guardianship.objects.create(guardian=make_user(), child=other)
        services.invite_guardian(invited_by=mother, child=other)
    with CaptureQueriesContext(connection) as many:
        assert client.get("/family/").content.decode().count("<article") == 6
    assert len(many) == len(one)
