"""An association's people stop, list, assess and train; nobody else gets in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalog.partner.enums import TeamRole
from catalog.standing.checklist import KEYS
from catalog.standing.enums import AssessmentResult, EntrySource
from catalog.standing.models import Assessment, BlacklistEntry, StandardsSay, Training, Withholding
from catalog.standing.selectors import is_suspended, is_withheld
from catalog.standing.services import draft_standards, publish_standards
from tests import factories
from tests.catalog.standing.deciding import REASONS, make_association

pytestmark = pytest.mark.django_db
PAGES = ("home", "find", "blacklist", "assessments", "trainings", "standards")


@pytest.fixture
def association():
    return make_association()


@pytest.fixture
def client(association):
    return factories.signed_in(association[1])


def page(name, *args):
    return reverse(f"associations:{name}", args=args)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_to_its_people_and_to_nobody_else(client, name):
    assert client.get(page(name)).status_code == 200
    clinic = factories.make_partner_staff(factories.make_partner())
    bookkeeper = make_association()[1]
    bookkeeper.memberships.update(role=TeamRole.FINANCE)
    for stranger in (clinic, bookkeeper, factories.make_parent(), factories.make_staff(duties=[])):
        assert factories.signed_in(stranger).get(page(name)).status_code == 404


def test_a_service_is_looked_for_and_stopped(client):
    course = factories.make_course(title="七天速成")
    found = client.get(page("find"), {"q": "速成"}).content.decode()
    assert page("decide", "product", course.pk) in found

    answer = client.post(page("decide", "product", course.pk), {"reasons": REASONS}, follow=True)
    assert answer.status_code == 200 and REASONS in answer.content.decode()
    assert is_withheld(course)


def test_a_veto_without_reasons_is_refused_in_words(client):
    course = factories.make_course()
    answer = client.post(page("decide", "product", course.pk), {"reasons": "不好"})
    assert answer.status_code == 422 and "至少十个字" in answer.content.decode()
    assert not is_withheld(course)


@pytest.mark.parametrize(("kind", "ref"), [("product", "0"), ("provider", "x"), ("house", "1"), ("partner", "9" * 30)])
def test_what_is_nothing_is_not_found(client, kind, ref):
    assert client.get(page("decide", kind, ref)).status_code == 404


def test_its_own_decision_is_lifted_and_not_another_associations(client, association):
    course, other = factories.make_course(), factories.make_course()
    client.post(page("decide", "product", course.pk), {"reasons": REASONS})
    row = Withholding.objects.get()
    client.post(page("lift", row.public_id), {"reasons": "示例：已经改正宣传文字。"})
    assert not is_withheld(course)

    body, person = make_association()
    factories.signed_in(person).post(page("decide", "product", other.pk), {"reasons": REASONS})
    theirs = Withholding.objects.get(body=body)
    assert client.get(page("lift", theirs.public_id)).status_code == 404


def test_a_name_and_a_file_of_names_come_onto_the_list(client):
    provider = factories.make_provider()
    client.post(page("blacklist"), {"name": provider.partner.name, "number": "", "reasons": REASONS})
    assert is_suspended(provider)

    table = f"名称,编号,理由,日期\n别家机构,9100,{REASONS},2026-03-01\n坏行,,短,x\n".encode()
    answer = client.post(page("blacklist_file"), {"file": SimpleUploadedFile("x.csv", table)}, follow=True)
    assert "新增 1 个" in answer.content.decode() and "第 3 行没有导入" in answer.content.decode()
    assert BlacklistEntry.objects.filter(source=EntrySource.FILE).count() == 1

    entry = BlacklistEntry.objects.get(name=provider.partner.name)
    client.post(page("entry_end", entry.public_id), {"reasons": "示例：查明是弄错了，已更正。"})
    assert not is_suspended(provider)


def test_somebody_of_that_name_is_named_and_stopped(client):
    provider = factories.make_provider(name="林一")
    client.post(page("blacklist"), {"name": "林一", "number": "", "reasons": REASONS})
    entry = BlacklistEntry.objects.get()
    assert "就是" in client.get(page("blacklist")).content.decode() and not is_suspended(provider)
    client.post(page("entry_means", entry.public_id), {"provider": str(provider.public_id)})
    assert is_suspended(provider)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_many_names_as_for_one(
    client, association, count, django_assert_max_num_queries
):
    for number in range(count):
        factories.make_provider(name=f"林{number}")
        client.post(page("blacklist"), {"name": f"林{number}", "number": "", "reasons": REASONS})
    client.get(page("blacklist"))
    with django_assert_max_num_queries(16):
        client.get(page("blacklist"))


def test_a_signed_checklist_stands_on_the_providers_page(client):
    provider = factories.make_provider()
    answers = dict.fromkeys(KEYS, "yes")
    missing = client.post(page("assess", provider.partner.public_id), answers | {KEYS[0]: ""})
    assert missing.status_code == 422 and not Assessment.objects.exists()

    client.post(page("assess", provider.partner.public_id), answers | {"fees": "no"})
    assert Assessment.objects.get().result == AssessmentResult.PARTLY
    shown = client.get(reverse("browse:provider", args=[provider.public_id])).content.decode()
    assert "基本符合" in shown and "示例行业协会" in shown

    client.post(page("assess", provider.partner.public_id), answers | {"danger": "no"})
    assert Assessment.objects.first().result == AssessmentResult.FAILS


def test_a_training_names_who_took_part(client):
    provider = factories.make_provider(name="周岚")
    client.post(page("trainings"), {"title": "危机会谈", "held_on": "2026-01-10", "hours": "6"})
    row = Training.objects.get()
    assert "周岚" in client.get(page("training", row.public_id), {"q": "周岚"}).content.decode()
    client.post(page("training", row.public_id), {"provider": str(provider.public_id)})
    assert "危机会谈" in client.get(reverse("browse:provider", args=[provider.public_id])).content.decode()


def test_a_say_in_a_draft_is_kept_and_published_with_it(client):
    version = draft_standards(body="第一条：先听。")
    client.post(page("standards"), {"stance": "changes", "words": "建议写明督导每月一次以上。"})
    client.post(page("standards"), {"stance": "agrees", "words": "改过以后，我们同意这一版。"})
    assert StandardsSay.objects.get().stance == "agrees"

    publish_standards(version=version, published_by=None)
    shown = client.get(reverse("standing:standards")).content.decode()
    assert "第一条：先听。" in shown and "改过以后，我们同意这一版。" in shown
    assert "现在没有草稿" in client.get(page("standards")).content.decode()


def test_a_stopped_provider_and_product_say_so_on_their_pages(client):
    service = factories.make_service()
    provider = service.providers.get()
    client.post(page("decide", "provider", provider.public_id), {"reasons": REASONS})
    client.post(page("decide", "product", service.product_id), {"reasons": REASONS})
    assert "现在不接受预约" in client.get(reverse("browse:provider", args=[provider.public_id])).content.decode()
    service.product.refresh_from_db()
    assert "现在不能预约和购买" in client.get(service.product.get_absolute_url()).content.decode()
