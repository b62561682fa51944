"""Pages of data rights: strangers, proving again who one is, the certificate by its link, constant queries."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from marketplace.accounts.enums import Duty
from marketplace.accounts.models import DutyShift
from marketplace.consent.rights import services
from marketplace.consent.rights.certificates import hash_of
from marketplace.consent.rights.enums import Fact, RequestState
from marketplace.consent.rights.models import DataRequest, ErasureCertificate
from marketplace.core.audit.models import AuditEvent
from tests import factories
from tests.marketplace.consent.rights.life import later

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent():
    return factories.make_parent()


@pytest.fixture
def child(parent):
    child = parent.children.get()
    child.born_on = child.born_on.replace(year=timezone.localdate().year - 9)
    child.save()
    return child


def fresh(user) -> Client:
    """A browser in which the person has just shown who they are."""
    client = factories.signed_in(user)
    session = client.session
    record = {"method": "password", "at": timezone.now().timestamp(), "reauthenticated": True}
    session["account_authentication_methods"] = [record]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def page(name: str, *args) -> str:
    return reverse(f"data_rights:{name}", args=args)


def privacy_desk() -> Client:
    staff = factories.make_staff(duties=[Duty.PRIVACY])
    DutyShift.objects.get_or_create(
        user=staff, duty=Duty.PRIVACY, defaults={"begins_at": later(-1), "ends_at": later(1)}
    )
    return factories.signed_in(staff)


def test_strangers_find_nothing(parent, child):
    copy = services.ask_for_copy(asker=parent, subject_id=child.public_id)
    services.run_due_requests()
    stranger = fresh(factories.make_user())
    for name in ("ask_copy", "ask_correction", "ask_erasure"):
        assert stranger.get(page(name, child.public_id)).status_code == 404
        assert stranger.post(page(name, child.public_id)).status_code == 404
    assert stranger.get(page("request", copy.public_id)).status_code == 404
    assert stranger.get(page("download", copy.public_id)).status_code == 404
    assert stranger.post(page("withdraw", copy.public_id)).status_code == 404
    assert Client().get(page("index")).status_code == 302


def test_a_copy_is_asked_for_followed_and_fetched(parent, child):
    browser = fresh(parent)
    answer = browser.post(page("ask_copy", child.public_id))
    request = DataRequest.objects.get()
    assert answer["Location"] == page("request", request.public_id)
    assert "正在准备" in browser.get(answer["Location"]).content.decode()
    services.run_due_requests(now=later(0))
    followed = browser.get(answer["Location"], headers={"HX-Request": "true"}).content.decode()
    assert page("download", request.public_id) in followed
    assert "<html" not in followed
    fetched = browser.get(page("download", request.public_id))
    assert fetched["Content-Type"] == "application/zip"
    assert child.nickname not in fetched["Content-Disposition"]
    assert AuditEvent.objects.filter(subject_id=child.public_id, actor_id=parent.public_id).exists()


def test_the_copy_and_the_erasure_want_proof_again(parent, child):
    request = services.ask_for_copy(asker=parent, subject_id=child.public_id)
    services.run_due_requests(now=later(0))
    browser = factories.signed_in(parent)
    for path in (page("download", request.public_id), page("ask_erasure", child.public_id)):
        assert "/reauthenticate/" in browser.get(path)["Location"]
    # Without a password, a recent sign-in by code is the proof.
    parent.set_unusable_password()
    parent.save()
    by_code = factories.signed_in(parent)
    assert "重新登录" in by_code.get(page("download", request.public_id)).content.decode()
    assert fresh(parent).get(page("download", request.public_id))["Content-Type"] == "application/zip"


def test_an_erasure_says_first_what_goes_and_what_stays(parent, child):
    factories.make_booking(child=child, booked_by=parent, starts_at=later(-9), status="fulfilled")
    browser = fresh(parent)
    shown = browser.get(page("ask_erasure", child.public_id)).content.decode()
    assert "电子商务法" in shown
    assert "会删除" in shown
    assert browser.post(page("ask_erasure", child.public_id)).status_code == 200
    assert not DataRequest.objects.exists()
    browser.post(page("ask_erasure", child.public_id), {"understood": "on"})
    request = DataRequest.objects.get()
    assert request.state == RequestState.COOLING
    browser.post(page("withdraw", request.public_id))
    request.refresh_from_db()
    assert request.state == RequestState.WITHDRAWN


def test_an_erasure_with_something_open_leads_there(parent, child):
    booking = factories.make_booking(child=child, booked_by=parent)
    browser = fresh(parent)
    shown = browser.post(page("ask_erasure", child.public_id), {"understood": "on"}).content.decode()
    assert reverse("bookings:detail", args=[booking.public_id]) in shown
    assert not DataRequest.objects.exists()


@pytest.fixture
def certificate(parent, child):
    services.ask_for_erasure(asker=parent, subject_id=child.public_id)
    services.run_due_requests(now=later(8))
    return ErasureCertificate.objects.get()


def test_the_certificate_opens_by_its_link_alone(certificate):
    shown = Client().get(page("certificate", certificate.request.public_id)).content.decode()
    assert certificate.number in shown
    assert certificate.sha256 in shown
    file = json.loads(Client().get(page("certificate_file", certificate.request.public_id)).content)
    assert hash_of(file["body"]) == file["sha256"] == certificate.sha256


def test_other_requests_have_no_certificate(parent, child):
    request = services.ask_for_copy(asker=parent, subject_id=child.public_id)
    assert Client().get(page("certificate", request.public_id)).status_code == 404


def test_staff_check_a_certificate_by_its_number(certificate):
    desk = privacy_desk()
    shown = desk.get(page("verify"), {"number": f" {certificate.number.lower()} "}).content.decode()
    assert "没有被改动" in shown
    assert str(certificate.request.public_id) not in shown
    ErasureCertificate.objects.update(body=certificate.body | {"keys_destroyed_at": []})
    assert "对不上" in desk.get(page("verify"), {"number": certificate.number}).content.decode()
    assert "没有这个编号" in desk.get(page("verify"), {"number": "XQ-2020-AAAAA-BBBBB"}).content.decode()


def test_staff_answer_and_their_look_is_written_down(parent, child):
    request = services.ask_for_correction(
        asker=parent, subject_id=child.public_id, fact=Fact.OTHER, proposal="机构的名字写错了"
    )
    desk = privacy_desk()
    queue = desk.get(page("queue")).content.decode()
    assert "机构的名字写错了" not in queue
    correction = request.correction
    assert "机构的名字写错了" in desk.get(page("answer", correction.public_id)).content.decode()
    assert AuditEvent.objects.filter(subject_id=child.public_id, actor_label="心桥 · 个人信息保护").exists()
    desk.post(page("answer", correction.public_id), {"decision": "decline", "answer": "我们核对过，没有写错。"})
    followed = factories.signed_in(parent).get(page("request", request.public_id)).content.decode()
    assert "我们核对过，没有写错。" in followed


@pytest.mark.parametrize("name", ["queue", "verify"])
def test_staff_off_duty_and_others_stay_outside(name, parent):
    assert factories.signed_in(parent).get(page(name)).status_code == 404
    assert factories.signed_in(factories.make_staff(duties=[Duty.SUPPORT])).get(page(name)).status_code == 403


def queries_of(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_the_index_asks_the_database_as_often_for_one_child_as_for_three(parent, child):
    services.ask_for_copy(asker=parent, subject_id=child.public_id)
    browser = factories.signed_in(parent)
    one = queries_of(browser, page("index"))
    for _ in range(3):
        another = factories.make_child(parent, born_on=child.born_on, account=factories.make_user(role="teen"))
        services.ask_for_copy(asker=parent, subject_id=another.public_id)
        services.run_due_requests(now=later(0))
    assert queries_of(browser, page("index")) == one


def test_the_queue_too():
    desk = privacy_desk()

    def ask() -> None:
        parent = factories.make_parent()
        services.ask_for_correction(asker=parent, subject_id=parent.public_id, fact=Fact.OTHER, proposal="少了一个字")

    ask()
    one = queries_of(desk, page("queue"))
    ask(), ask()
    assert queries_of(desk, page("queue")) == one
