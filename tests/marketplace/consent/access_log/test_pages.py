"""谁看过我的资料: everybody sees their own record, a guardian a young child's, a stranger nothing."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from marketplace.accounts.enums import Role
from marketplace.core.audit.enums import Outcome
from marketplace.families.enums import GuardianshipScope
from marketplace.families.models import Guardianship
from tests.factories.audit import make_looks
from tests.factories.people import make_child, make_user, signed_in

pytestmark = pytest.mark.django_db

URL = "/privacy/seen/"


def born(years: int, *, days: int = 0) -> date:
    """A birthday so many years (and days) ago."""
    today = timezone.localdate()
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return today.replace(year=today.year - years, day=day) - timedelta(days=days)


def page(viewer, **query) -> str:
    response = signed_in(viewer).get(URL, query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def parent():
    return make_user(nickname="林女士")


@pytest.fixture
def child(parent):
    return make_child(parent, nickname="小舟", born_on=born(9))


def test_a_guardian_reads_who_saw_a_young_child_in_plain_words(parent, child):
    make_looks(at=timezone.now(), subject=child.public_id, items=["plan", "score"], actor_label="星河中学 · 心理老师")
    html = page(parent, child=child.public_id)
    for words in ("星河中学 · 心理老师", "支持计划、测评分数", "提供约定的服务", "已经同意", "谁看过 小舟 的资料"):
        assert words in html


def test_a_refused_look_is_shown_as_refused(parent, child):
    make_looks(
        at=timezone.now(), subject=child.public_id, outcome=Outcome.REFUSED, reason="no_relation", items=["diary"]
    )
    html = page(parent, child=child.public_id)
    assert "被拒绝" in html
    assert "想看：日记" in html
    assert "没有关系，也没有同意" in html


def test_an_adult_reads_their_own_record(parent, child):
    make_looks(at=timezone.now(), subject=parent.public_id, actor_label="心桥 · 客服")
    make_looks(at=timezone.now(), subject=child.public_id, actor_label="青禾心理 · 咨询师")
    html = page(parent)
    assert "心桥 · 客服" in html
    assert "青禾心理" not in html


@pytest.mark.parametrize(("years", "days", "is_open"), [(14, 1, False), (14, 0, False), (14, -1, True), (16, 0, False)])
def test_from_fourteen_on_the_guardian_reads_it_no_more(parent, years, days, is_open):
    child = make_child(parent, nickname="小禾", born_on=born(years, days=days))
    make_looks(at=timezone.now(), subject=child.public_id, actor_label="青禾心理 · 咨询师")
    html = page(parent, child=child.public_id)
    assert ("青禾心理" in html) is is_open
    assert ("满 14 岁以后" in html) is not is_open
    status = signed_in(parent).get(reverse("access_log:download"), {"child": str(child.public_id)}).status_code
    assert status == (200 if is_open else 404)


def test_a_young_person_reads_their_own_record_the_guardian_in_it(parent):
    teen = make_user(role=Role.TEEN)
    child = make_child(parent, account=teen, born_on=born(15))
    make_looks(at=timezone.now(), subject=child.public_id, actor_id=parent.public_id, actor_label="监护人")
    assert "监护人" in page(teen)


def test_a_guardian_who_may_only_book_reads_nothing(child):
    aunt = make_user()
    Guardianship.objects.create(guardian=aunt, child=child, scope=GuardianshipScope.BOOKING)
    make_looks(at=timezone.now(), subject=child.public_id, actor_label="青禾心理 · 咨询师")
    assert "青禾心理" not in page(aunt, child=child.public_id)


def test_strangers_find_nothing(parent, child):
    make_looks(at=timezone.now(), subject=child.public_id)
    for stranger in (make_user(), make_user(role=Role.TEEN), make_user(role=Role.STAFF, is_staff=True)):
        for name in ("access_log:index", "access_log:download"):
            assert signed_in(stranger).get(reverse(name), {"child": str(child.public_id)}).status_code == 404


@pytest.mark.parametrize("name", ["access_log:index", "access_log:download"])
def test_a_guardian_who_left_finds_nothing(parent, child, name):
    Guardianship.objects.filter(guardian=parent).update(status="ended", ended_at=timezone.now())
    assert signed_in(parent).get(reverse(name), {"child": str(child.public_id)}).status_code == 404


@pytest.mark.parametrize("wanted", ["x", "0", "00000000-0000-4000-8000-000000000000"])
def test_what_is_no_child_is_not_found(parent, wanted):
    assert signed_in(parent).get(URL, {"child": wanted}).status_code == 404


def test_signed_out_people_sign_in_first():
    assert Client().get(URL)["Location"].startswith("/accounts/login/")


def test_own_looks_are_no_foreign_ones(parent, child):
    teen = make_user(role=Role.TEEN)
    child.account = teen
    child.save()
    make_looks(at=timezone.now(), subject=child.public_id, actor_id=parent.public_id, actor_label="监护人甲")
    make_looks(at=timezone.now(), subject=child.public_id, actor_id=teen.public_id, actor_label="本人")
    make_looks(at=timezone.now(), subject=child.public_id, actor_id=None, actor_label="")
    html = page(parent, child=child.public_id)
    assert "监护人甲" not in html
    assert "心桥的系统" in html
    assert "监护人甲" in page(parent, child=child.public_id, own=1)


def test_looks_for_safety_stay_out_of_the_guardians_page(parent, child):
    make_looks(at=timezone.now(), subject=child.public_id, purpose="safety", actor_label="心桥 · 安全值守")
    make_looks(at=timezone.now(), subject=child.public_id, items=["concern", "mood"], actor_label="青禾心理 · 咨询师")
    make_looks(at=timezone.now(), subject=child.public_id, purpose="legal_hold", actor_label="心桥 · 个人信息保护")
    html = page(parent, child=child.public_id, own=1)
    for label in ("安全值守", "青禾心理", "个人信息保护</b>"):
        assert label not in html
    download = signed_in(parent).get(reverse("access_log:download"), {"child": str(child.public_id), "format": "json"})
    assert json.loads(download.getvalue()) == []


def test_a_young_person_is_not_told_of_an_exception_while_that_is_dangerous(parent):
    from marketplace.consent.models import SafetyOverride

    teen = make_user(role=Role.TEEN)
    child = make_child(parent, account=teen, born_on=born(15))
    hour = timedelta(hours=1)
    now = timezone.now()
    override = SafetyOverride.objects.create(
        child=child, items=["diary"], reason="示例：可能受到伤害", hours=4, opened_by=make_user(role=Role.STAFF),
        opened_at=now - hour, is_telling_dangerous=True, danger_reason="示例：对方会看手机",
    )  # fmt: skip
    make_looks(at=now, subject=child.public_id, purpose="safety", actor_label="心桥 · 安全值守")
    make_looks(at=now - 2 * hour, subject=child.public_id, purpose="safety", actor_label="较早的查看")
    html = page(teen)
    assert "安全值守" not in html
    assert "较早的查看" in html
    override.told_at = now
    override.save()
    assert "安全值守" in page(teen)


def test_repeated_looks_of_a_day_are_one_line(parent, child):
    noon = timezone.now() - timedelta(days=2)
    for minute in range(3):
        make_looks(at=noon.replace(hour=4, minute=minute), subject=child.public_id, actor_label="青禾心理 · 咨询师")
    html = page(parent, child=child.public_id)
    assert html.count("<b>青禾心理 · 咨询师</b>") == 1
    assert "共 3 次" in html


def test_it_can_be_narrowed_by_who_when_and_refusal(parent, child):
    now = timezone.now()
    make_looks(at=now, subject=child.public_id, actor_label="甲机构 · 咨询师")
    make_looks(at=now - timedelta(days=20), subject=child.public_id, actor_label="乙机构 · 咨询师")
    make_looks(at=now, subject=child.public_id, actor_label="丙机构 · 咨询师", outcome=Outcome.REFUSED)
    response = signed_in(parent).get(URL, {"child": str(child.public_id)})
    keys = {actor["label"][0]: actor["value"] for actor in response.context["actors"]}
    shown = {
        name: [mark for mark in "甲乙丙" if f"<b>{mark}机构" in page(parent, child=child.public_id, **query)]
        for name, query in {
            "all": {}, "who": {"who": keys["乙"]}, "week": {"days": 7}, "refused": {"refused": 1}, "nonsense": {"days": "x"},
        }.items()
    }  # fmt: skip
    assert shown == {
        "all": ["甲", "乙", "丙"], "who": ["乙"], "week": ["甲", "丙"], "refused": ["丙"], "nonsense": ["甲", "乙", "丙"],
    }  # fmt: skip


def test_the_address_never_names_an_organisation(parent, child):
    make_looks(at=timezone.now(), subject=child.public_id, actor_label="青禾心理 · 咨询师")
    assert 'value="青禾' not in page(parent, child=child.public_id)


def test_pages_are_turned(parent, child):
    for day in range(45):
        make_looks(at=timezone.now() - timedelta(days=day), subject=child.public_id)
    assert "第 1 / 2 页" in page(parent, child=child.public_id)
    assert "第 2 / 2 页" in page(parent, child=child.public_id, page=2)


def test_an_empty_record_says_so(parent, child):
    assert "还没有别人看过" in page(parent, child=child.public_id)
    make_looks(at=timezone.now(), subject=child.public_id)
    assert "没有符合的记录" in page(parent, child=child.public_id, refused=1)


def test_the_page_costs_the_same_however_much_was_looked_at(parent, child, django_assert_max_num_queries):
    client = signed_in(parent)
    make_looks(5, at=timezone.now(), subject=child.public_id)
    client.get(URL, {"child": str(child.public_id)})
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        client.get(URL, {"child": str(child.public_id)})
    for number in range(60):
        make_looks(at=timezone.now() - timedelta(hours=number), subject=child.public_id, actor_label=f"机构{number}")
    make_child(parent, born_on=born(8))
    with django_assert_max_num_queries(len(few)):
        client.get(URL, {"child": str(child.public_id)})


def test_downloads_hold_the_same_words(parent, child):
    make_looks(at=timezone.now(), subject=child.public_id, items=["plan"], actor_label="=cmd · 咨询师")
    client = signed_in(parent)
    query = {"child": str(child.public_id)}
    rows = json.loads(client.get(reverse("access_log:download"), query | {"format": "json"}).getvalue())
    assert [(row["what"], row["who"], row["result"]) for row in rows] == [("支持计划", "=cmd · 咨询师", "允许")]
    response = client.get(reverse("access_log:download"), query | {"format": "csv"})
    table = list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))
    assert table[0][:4] == ["时间", "谁", "做了什么", "什么信息"]
    assert table[1][1] == "'=cmd · 咨询师"  # a spreadsheet must not take it for a formula
    assert "attachment" in response["Content-Disposition"]
    assert client.get(reverse("access_log:download"), query | {"format": "exe"}).status_code == 404


def test_organisations_keep_their_names_in_english_and_roles_do_not(parent, child):
    from django.utils import translation

    from marketplace.consent.access_log.wording import who

    with translation.override("en"):
        assert who("青禾心理 · 咨询师").startswith("青禾心理 · ")
