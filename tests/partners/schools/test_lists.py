"""A school's lists: looked at before they hold, taken back with one press, and nobody else's."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalog.partner.enums import OrganisationType, TeamRole
from catalog.partner.models import Membership
from marketplace.accounts.enums import Role
from marketplace.accounts.selectors import start_page_of
from partners.schools import errors, services
from partners.schools.enums import ListKind, ListState
from partners.schools.models import SchoolList
from partners.schools.selectors import current_list, rows_of
from tests.catalog.queries import queries_of
from tests.factories import make_partner, make_partner_staff, make_user, signed_in
from tests.factories.library import make_reviewed

pytestmark = pytest.mark.django_db
HOME = "/school/"
FIRST = "年级,班级,座号\n初一,3班,1\n初一,3班,2\n"
SECOND = "年级,班级,座号\n初一,3班,2\n初一,4班,1\n"


@pytest.fixture
def school():
    return make_partner(name="示例中学", organisation_type=OrganisationType.SCHOOL)


@pytest.fixture
def teacher(school):
    return make_partner_staff(school)


def bring(browser, text: str, kind: str = "classes", encoding: str = "gb18030"):
    file = SimpleUploadedFile("名单.csv", text.encode(encoding), content_type="text/csv")
    return browser.post(reverse("schools:list", args=[kind]), {"file": file}, follow=True)


def put_in_force(school, teacher, text: str) -> SchoolList:
    draft = services.bring_list(partner=school, kind=ListKind.CLASSES, content=text.encode(), uploaded_by=teacher)
    return services.confirm_list(partner=school, public_id=draft.public_id)


def test_a_file_is_shown_before_it_holds_and_holds_once_confirmed(school, teacher):
    put_in_force(school, teacher, FIRST)
    browser = signed_in(teacher)
    preview = bring(browser, SECOND)
    assert "加上 1 行，去掉 1 行，1 行不变" in preview.content.decode()
    assert len(rows_of(current_list(school, ListKind.CLASSES))) == 2

    draft = SchoolList.objects.get(state=ListState.DRAFT)
    page = browser.post(reverse("schools:decide", args=[draft.public_id]), {"act": "confirm"}, follow=True)
    assert "名单已更新" in page.content.decode() and "4班" in page.content.decode()


def test_undoing_goes_back_list_by_list_until_there_is_none(school, teacher):
    put_in_force(school, teacher, FIRST)
    put_in_force(school, teacher, SECOND)
    browser = signed_in(teacher)
    undo = reverse("schools:undo", args=["classes"])

    browser.post(undo)
    assert rows_of(current_list(school, ListKind.CLASSES)) == [("初一", "3班", "1"), ("初一", "3班", "2")]
    assert "现在没有名单" in browser.post(undo, follow=True).content.decode()
    assert "没有可以撤回的名单" in browser.post(undo, follow=True).content.decode()


def test_a_wrong_file_changes_nothing_and_says_where(school, teacher):
    put_in_force(school, teacher, FIRST)
    answer = bring(signed_in(teacher), "年级,班级,座号\n初一,3班,小明\n")
    text = answer.content.decode()
    assert answer.status_code == 422 and "要改的行" in text and "不收学号、姓名" in text
    assert SchoolList.objects.count() == 1


def test_names_of_pupils_are_not_taken(school, teacher):
    answer = bring(signed_in(teacher), "年级,班级,座号,姓名\n初一,3班,1,小明\n")
    assert "有我们不收的列" in answer.content.decode()
    assert not SchoolList.objects.exists()


def test_a_new_draft_takes_the_place_of_the_one_before_and_can_be_thrown_away(school, teacher):
    browser = signed_in(teacher)
    bring(browser, FIRST)
    bring(browser, SECOND)
    draft = SchoolList.objects.get()
    browser.post(reverse("schools:decide", args=[draft.public_id]), {"act": "discard"})
    assert not SchoolList.objects.exists()
    with pytest.raises(errors.DraftGone):
        services.confirm_list(partner=school, public_id=draft.public_id)


def test_the_list_goes_out_as_it_came_in(school, teacher):
    put_in_force(school, teacher, FIRST)
    browser = signed_in(teacher)
    out = browser.get(reverse("schools:export", args=["classes"]))
    assert out["Content-Disposition"] == 'attachment; filename="classes.csv"'
    assert out.content.decode().splitlines() == ["\ufeff年级,班级,座号", "初一,3班,1", "初一,3班,2"]
    assert "示例老师" in browser.get(reverse("schools:template", args=["staff"])).content.decode()


def test_names_of_staff_are_sealed(school, teacher):
    services.bring_list(
        partner=school, kind=ListKind.STAFF, content="姓名,岗位\n张静远,班主任\n".encode(), uploaded_by=teacher
    )
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT content::text FROM schools_schoollist")
        assert "张静远" not in cursor.fetchone()[0]


def test_another_school_finds_nothing_and_changes_nothing(school, teacher):
    put_in_force(school, teacher, FIRST)
    draft = services.bring_list(partner=school, kind=ListKind.CLASSES, content=SECOND.encode(), uploaded_by=teacher)
    stranger = signed_in(make_partner_staff(make_partner(organisation_type=OrganisationType.SCHOOL)))
    assert stranger.get(reverse("schools:draft", args=[draft.public_id])).status_code == 404
    for act in ("confirm", "discard"):
        assert stranger.post(reverse("schools:decide", args=[draft.public_id]), {"act": act}).status_code == 404
    stranger.post(reverse("schools:undo", args=["classes"]))
    assert "3班" not in stranger.get(reverse("schools:export", args=["classes"])).content.decode()
    assert SchoolList.objects.filter(partner=school).count() == 2


@pytest.mark.parametrize("role", [TeamRole.CARER, TeamRole.FINANCE, TeamRole.WORKER])
def test_who_does_not_keep_lists_sees_material_and_no_people(school, role):
    person = make_user(role=Role.PARTNER_STAFF)
    Membership.objects.create(partner=school, user=person, role=role)
    browser = signed_in(person)
    text = browser.get(HOME).content.decode()
    assert "心语信箱" in text and "教职工名单" not in text
    assert browser.get(reverse("schools:list", args=["staff"])).status_code == 404
    assert browser.get(reverse("schools:export", args=["staff"])).status_code == 404


def test_a_clinic_and_a_parent_find_no_school():
    for person in (make_partner_staff(make_partner()), make_user()):
        assert signed_in(person).get(HOME).status_code == 404
    assert signed_in(make_user()).get(reverse("schools:list", args=["staff"])).status_code == 404


def test_whoever_works_in_a_school_alone_starts_there(school, teacher):
    assert start_page_of(teacher) == HOME
    make_partner().users.add(teacher)
    assert start_page_of(teacher) != HOME


def test_home_and_packs_cost_the_same_for_three(school, teacher):
    browser = signed_in(teacher)
    pages = (HOME, reverse("schools:packs"))
    make_reviewed(kind="class_pack")
    for page in pages:
        browser.get(page)
    one = [queries_of(lambda page=page: browser.get(page)) for page in pages]
    make_reviewed(kind="class_pack")
    make_reviewed(kind="class_pack")
    assert [queries_of(lambda page=page: browser.get(page)) for page in pages] == one
