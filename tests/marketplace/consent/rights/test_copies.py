"""A copy holds everything about the person, and nothing about others; only who asked can fetch it."""

import io
import json
import re
import zipfile
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from marketplace.consent.enums import DataItem, GranteeKind, Purpose
from marketplace.consent.models import Consent
from marketplace.consent.rights import services
from marketplace.consent.rights.copies.bundle import NotValidFhir, bundle_of
from marketplace.consent.rights.enums import RequestState, Scope
from marketplace.consent.rights.errors import FileGone, NotYoursToAsk
from marketplace.consent.rights.ground import consents
from marketplace.consent.rights.models import ExportFile
from marketplace.consent.rights.registry import covered_models
from marketplace.consent.services import answer_proposal, grant_consent
from marketplace.core.grades import Grade, GradeFault, fields_of, grade_of, our_models
from marketplace.families.models import Child, Guardianship
from tests import factories
from tests.marketplace.consent.rights.life import Life, later, make_life

pytestmark = pytest.mark.django_db


@pytest.fixture
def life() -> Life:
    return make_life()


def copy_of(asker, subject_id) -> dict[str, str]:
    """The files of a finished copy, by name."""
    request = services.ask_for_copy(asker=asker, subject_id=subject_id)
    services.run_due_requests()
    request.refresh_from_db()
    assert (request.state, request.percent, request.failure) == (RequestState.DONE, 100, "")
    archive = zipfile.ZipFile(io.BytesIO(services.fetch_copy(user=asker, public_id=request.public_id)))
    return {name: archive.read(name).decode() for name in archive.namelist()}


def local(values: dict[str, str]) -> list[str]:
    return [value.removeprefix("+86") for value in values.values()]


def test_every_planted_value_is_in_the_copies(life):
    mine = copy_of(life.parent, life.parent.public_id)
    childs = copy_of(life.parent, life.child.public_id)
    for name in ("my-data.html", "my-data.json"):
        assert [value for value in local(life.of_parent) if value not in mine[name]] == []
        assert [value for value in life.of_child.values() if value not in childs[name]] == []


def test_others_are_left_out(life):
    other = factories.make_user(nickname="另一位爸爸", phone="+8613777778888")
    Guardianship.objects.create(guardian=other, child=life.child, relation="father")
    files = "".join(copy_of(life.parent, life.child.public_id).values())
    for foreign in ("另一位爸爸", "13777778888", "不该出现的员工名"):
        assert foreign not in files
    assert life.of_parent["phone"] not in files


def test_a_guardian_of_a_young_person_gets_bookings_and_bills():
    life = make_life(
        born_on=timezone.localdate() - timedelta(days=15 * 366), account=factories.make_user(role="teen", nickname="芽")
    )
    request = services.ask_for_copy(asker=life.parent, subject_id=life.child.public_id)
    assert request.scope == Scope.BOOKINGS_AND_BILLS
    services.run_due_requests()
    archive = zipfile.ZipFile(io.BytesIO(services.fetch_copy(user=life.parent, public_id=request.public_id)))
    data = json.loads(archive.read("my-data.json"))
    assert {section["key"] for section in data["sections"]} == {"bookings", "bills"}
    title = life.order.lines.first().title
    for name in archive.namelist():
        assert title not in archive.read(name).decode()
        assert "心桥 · 客服" not in archive.read(name).decode()


def test_the_young_person_gets_everything():
    account = factories.make_user(role="teen", nickname="芽")
    life = make_life(born_on=timezone.localdate() - timedelta(days=15 * 366), account=account)
    files = copy_of(account, life.child.public_id)
    assert "心桥 · 客服" in files["my-data.html"]
    assert life.order.lines.get(booking__isnull=False).title in files["my-data.json"]


def test_the_page_needs_nothing_from_anywhere(life):
    page = copy_of(life.parent, life.parent.public_id)["my-data.html"]
    assert not re.search(r"<script|<link|<img|<iframe|@import|url\(|\son\w+=|(?:src|href)=[\"'](?:https?:)?//", page)
    assert "default-src 'none'" in page


def test_the_bundle_is_r4b_and_its_references_hold(life):
    bundle = json.loads(copy_of(life.parent, life.child.public_id)["fhir-bundle.json"])
    kinds = {entry["resource"]["resourceType"] for entry in bundle["entry"]}
    assert {"Patient", "RelatedPerson", "Appointment", "Consent", "AuditEvent"} <= kinds
    addresses = {entry["fullUrl"] for entry in bundle["entry"]}
    references = re.findall(r'"reference": "([^"]+)"', json.dumps(bundle))
    assert references
    assert set(references) <= addresses


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "banana"},
        {"participant": [{"actor": {"reference": "Invoice/1"}, "status": "accepted"}]},
        {"participant": [{"actor": {"display": "x"}, "status": "perhaps"}]},
        {"strange": True},
        {"serviceType": [{"coding": [{"system": "http://loinc.org", "code": "made-up"}]}]},
    ],
)
def test_what_is_not_fhir_is_refused(wrong):
    """The first three pass the library; ours are the checks that stop them."""
    good = {
        "resourceType": "Appointment",
        "id": "1",
        "status": "booked",
        "participant": [{"actor": {"display": "x"}, "status": "accepted"}],
    }
    bundle_of([good], made_at=timezone.now())
    with pytest.raises(NotValidFhir):
        bundle_of([good | wrong], made_at=timezone.now())


def test_nobody_else_fetches_it_and_it_goes_after_a_week(life):
    request = services.ask_for_copy(asker=life.parent, subject_id=life.child.public_id)
    services.run_due_requests()
    other = factories.make_user()
    Guardianship.objects.create(guardian=other, child=life.child)
    for stranger in (other, factories.make_user(), factories.make_staff()):
        with pytest.raises(NotYoursToAsk):
            services.fetch_copy(user=stranger, public_id=request.public_id)
    with pytest.raises(FileGone):
        services.fetch_copy(user=life.parent, public_id=request.public_id, now=later(8))
    services.run_due_requests(now=later(8))
    assert not ExportFile.objects.exists()


def test_a_copy_closes_when_the_child_turns_fourteen(life):
    request = services.ask_for_copy(asker=life.parent, subject_id=life.child.public_id)
    services.run_due_requests()
    Child.objects.filter(pk=life.child.pk).update(born_on=timezone.localdate() - timedelta(days=15 * 366))
    with pytest.raises(NotYoursToAsk):
        services.fetch_copy(user=life.parent, public_id=request.public_id)


def test_a_crash_while_copying_is_taken_up_again(life, monkeypatch):
    from marketplace.consent.rights.services import copying

    request = services.ask_for_copy(asker=life.parent, subject_id=life.child.public_id)
    real, calls = copying.zipped, []

    def crash(*args, **fields):
        calls.append(1)
        if len(calls) == 1:
            raise OSError("disk full of 小种子芽")
        return real(*args, **fields)

    monkeypatch.setattr(copying, "zipped", crash)
    services.run_due_requests()
    request.refresh_from_db()
    assert (request.failure, request.failures) == ("OSError", 1)
    services.run_due_requests(now=timezone.now() + timedelta(minutes=2))
    request.refresh_from_db()
    assert request.state == RequestState.DONE
    assert ExportFile.objects.filter(request=request).count() == 1


def test_a_worker_that_died_is_followed_by_another(life):
    """Its claim ends by itself; until then nobody else takes the request."""
    from marketplace.consent.rights.models import DataRequest
    from marketplace.consent.rights.services.running import _claimed

    request = services.ask_for_copy(asker=life.parent, subject_id=life.child.public_id)
    now = timezone.now()
    assert _claimed(request.pk, now) is not None
    assert not services.run_request(request_id=request.pk, now=now)
    assert services.run_request(request_id=request.pk, now=now + timedelta(minutes=11))
    assert DataRequest.objects.get(pk=request.pk).state == RequestState.DONE


def test_what_five_tries_cannot_do_a_person_looks_at(life, monkeypatch, caplog):
    from marketplace.consent.rights.services import copying

    def crash(*args, **fields):
        raise OSError("小种子芽 13922334455")

    monkeypatch.setattr(copying, "zipped", crash)
    request = services.ask_for_copy(asker=life.parent, subject_id=life.child.public_id)
    for day in range(5):
        services.run_due_requests(now=later(day))
    request.refresh_from_db()
    assert (request.state, request.next_run_at) == (RequestState.FAILED, None)
    assert "小种子芽" not in caplog.text
    monkeypatch.undo()
    services.retry_request(public_id=request.public_id, retried_by=factories.make_staff())
    services.run_due_requests(now=later(6))
    request.refresh_from_db()
    assert request.state == RequestState.DONE


def test_every_model_that_says_something_about_people_has_somebody_who_answers_for_it():
    """A new table with fields of grade L3 or L4 is read out and erased by somebody, or this fails."""

    def says_something(model) -> bool:
        for field in fields_of(model):
            try:
                if grade_of(model, field.name) >= Grade.L3:
                    return True
            except GradeFault:
                continue
        return False

    found = {model._meta.label_lower for model in our_models() if says_something(model)}
    assert found
    assert found - covered_models() == set()


def test_a_consent_that_still_lacks_a_yes_is_not_called_active():
    """A referral needs the young person and a guardian; one of them alone opens nothing, and the copy says so."""
    parent = factories.make_parent(children=0)
    teen = factories.make_teen(parent)
    consent = grant_consent(
        child=teen.young_profile,
        grantee_kind=GranteeKind.ORGANISATION,
        grantee_id=uuid4(),
        grantee_label="示例医院",
        items=[DataItem.SCORE],
        purpose=Purpose.REFERRAL,
        until=timezone.now() + timedelta(days=7),
        given_by=teen,
    )
    assert consents._resource(consent)["status"] == "proposed"
    answer_proposal(consent_id=consent.public_id, answered_by=parent, agrees=True)
    assert consents._resource(Consent.objects.get(pk=consent.pk))["status"] == "active"
