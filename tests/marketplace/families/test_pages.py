"""The pages of children's profiles."""

import uuid
from datetime import date

import pytest

from marketplace.families import services
from marketplace.families.enums import Relation, SchoolYear
from marketplace.families.models import Child

pytestmark = pytest.mark.django_db


@pytest.fixture
def mother(django_user_model, client):
    user = django_user_model.objects.create_user(phone="+8613800000001", nickname="林女士")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def strangers_child(django_user_model):
    stranger = django_user_model.objects.create_user(phone="+8613800000002")
    return services.add_child(guardian=stranger, nickname="别家孩子", born_on=date(2014, 5, 1))


def _filled_in(**fields):
    data = {
        "nickname": " 小  禾 ",
        "born_on_year": "2014",
        "born_on_month": "5",
        "born_on_day": "1",
        "relation": "mother",
    }
    return data | fields


@pytest.mark.parametrize("path", ["/family/", "/family/add/"])
def test_one_signs_in_first(client, path):
    assert client.get(path)["Location"] == f"/accounts/login/?next={path}"


def test_without_children_the_page_says_what_to_do(client, mother):
    page = client.get("/family/").content.decode()
    assert "还没有添加孩子" in page and "/family/add/" in page


def test_a_child_is_added_with_the_usual_school_year(client, mother):
    response = client.post("/family/add/", _filled_in())
    assert response["Location"] == "/family/"
    child = Child.objects.get()
    assert (child.nickname, child.born_on) == ("小 禾", date(2014, 5, 1))
    assert child.school_year in SchoolYear.values
    assert child.guardianships.get().relation == Relation.MOTHER


def test_after_adding_one_goes_back_to_the_booking(client, mother):
    back = "/basket/choose/?service=3&start=2026-11-28T14:30:00%2B08:00"
    assert client.post("/family/add/", _filled_in(next=back))["Location"] == back


def test_adding_leads_to_no_other_site(client, mother):
    assert client.post("/family/add/", _filled_in(next="//evil.example"))["Location"] == "/family/"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"nickname": " "}, "请写一个称呼"),
        ({"born_on_day": ""}, "没有这一天|请选择出生"),
        ({"born_on_month": "2", "born_on_day": "30"}, "没有这一天"),
        ({"born_on_year": str(date.today().year), "born_on_month": "12", "born_on_day": "31"}, "出生日期还没到"),
        ({"born_on_year": str(date.today().year - 18), "born_on_month": "1"}, "已经满 18 岁了"),
    ],
)
def test_mistakes_are_explained(client, mother, fields, sentence):
    page = client.post("/family/add/", _filled_in(**fields)).content.decode()
    assert any(part in page for part in sentence.split("|"))
    assert not Child.objects.exists()


def test_a_child_is_changed(client, mother):
    child = services.add_child(guardian=mother, nickname="小禾", born_on=date(2014, 5, 1), relation=Relation.MOTHER)
    page = client.get(f"/family/{child.public_id}/").content.decode()
    assert '<option value="2014" selected>2014</option>' in page and 'value="mother" selected' in page
    client.post(f"/family/{child.public_id}/", _filled_in(nickname="小苗", school_year="5"))
    child.refresh_from_db()
    assert (child.nickname, child.school_year) == ("小苗", SchoolYear.PRIMARY_5)


@pytest.mark.parametrize("tail", ["", "archive/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_elses_child_is_not_found(client, mother, strangers_child, tail, method):
    response = getattr(client, method)(f"/family/{strangers_child.public_id}/{tail}", _filled_in())
    assert response.status_code == 404
    strangers_child.refresh_from_db()
    assert strangers_child.nickname == "别家孩子" and strangers_child.archived_at is None


def test_a_child_that_is_nobodys_looks_the_same(client, mother):
    assert client.get(f"/family/{uuid.uuid4()}/").status_code == 404


def test_putting_away_asks_first(client, mother):
    child = services.add_child(guardian=mother, nickname="小禾", born_on=date(2014, 5, 1))
    assert "收起 小禾 的档案" in client.get(f"/family/{child.public_id}/archive/").content.decode()
    child.refresh_from_db()
    assert child.archived_at is None
    client.post(f"/family/{child.public_id}/archive/")
    assert "小禾" not in client.get("/family/").content.decode().split("<main")[1].split("toast")[0]
